"""What most tests of the books need."""

from typing import Any

from fyrtaarn.ledger import actions
from fyrtaarn.ledger.models import Book


def make_book(municipality: Any, recipient: Any, name: str = "Puljen") -> Book:
    """A book with the accounts that most tests need."""
    book = actions.open_book(municipality, name)
    actions.open_contributor(book, "social", "Socialforvaltningen")
    actions.open_contributor(book, "culture", "Kulturforvaltningen")
    actions.open_round(book, "spring", "Foråret")
    actions.open_grant(book, "workshop", "Værkstedet", recipient)
    actions.open_recipient(book, "recipient", "Eksempelværkstedet", recipient)
    return book
