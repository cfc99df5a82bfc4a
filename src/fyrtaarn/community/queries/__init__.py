"""What the pages of the community manager and of the parties read."""

from .appointments import appointments_in, possible_managers
from .districts import district_page, districts_of, wishes_in
from .fits import fits_of, listed_in, set_aside_in, suggestions_in
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
from .notes import notes_due, notes_of

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
    "fits_of",
    "listed_in",
    "notes_due",
    "notes_of",
    "others_in",
    "party_named",
    "possible_managers",
    "set_aside_in",
    "suggestions_in",
    "whole_askings",
    "wishes_in",
]
