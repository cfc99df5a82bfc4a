"""The posting file: one row for each line of each entry, for the municipality's finance system to read in."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.exports import Value, table_response

from .models import Book, Posting

COLUMNS = (
    (_("Entry"), _("The number of the entry in the book. The rows of one entry balance.")),
    (_("Date"), _("The day of the entry, as 2026-12-31.")),
    (
        _("Finance account"),
        _("The account of the finance system that this kind of account is mapped to; empty if none."),
    ),
    (_("Account"), _("The account in the book, in words.")),
    (
        _("About"),
        _("What the account is for: the key of a contributor, a call, a grant or a recipient; empty if nothing."),
    ),
    (_("Amount"), _("Kroner with two decimals; debit above zero, credit below.")),
    (_("What happened"), _("The reason of the entry, as a word that stays the same in all languages.")),
    (_("Text"), _("The text of the entry.")),
    (_("Document"), _("What the entry rests on; empty if nothing.")),
    (_("Reverses"), _("The number of the entry that this one takes back; empty for all others.")),
    (_("Key"), _("The entry's own key, the same each time: what has been read in already can be told by it.")),
)
"""The columns in their order, each with what stands in it."""


def response(kind: str, book: Book, postings: QuerySet[Posting], numbers: Mapping[str, str]) -> HttpResponseBase:
    """The download; `kind` is csv or xlsx, `numbers` the accounts of the finance system by kind of ours."""
    return table_response(kind, book.name, [str(name) for name, _what in COLUMNS], _rows(postings, numbers))


def _rows(postings: QuerySet[Posting], numbers: Mapping[str, str]) -> Iterator[list[Value]]:
    for line in postings.iterator():
        entry, account = line.entry, line.account
        yield [
            entry.number,
            entry.day,
            numbers.get(account.kind, ""),
            str(account),
            account.key,
            in_kroner(line.debit - line.credit),
            entry.reason,
            entry.text,
            entry.document,
            entry.reverses.number if entry.reverses else None,
            str(entry.key),
        ]


def in_kroner(oere: int) -> Decimal:
    """Øre as kroner with two decimals, for a file that calculates on."""
    return Decimal(oere).scaleb(-2)
