"""What the pages of the community manager and of the parties read."""

from .appointments import appointments_in, possible_managers
from .districts import district_page, districts_of, wishes_in
from .introductions import (
    Contact,
    agreements_for,
    askings_of,
    board_of,
    contacts_of,
    due_for,
    find_parties,
    others_in,
    party_named,
    whole_askings,
)

__all__ = [
    "Contact",
    "agreements_for",
    "appointments_in",
    "askings_of",
    "board_of",
    "contacts_of",
    "district_page",
    "districts_of",
    "due_for",
    "find_parties",
    "others_in",
    "party_named",
    "possible_managers",
    "whole_askings",
    "wishes_in",
]
