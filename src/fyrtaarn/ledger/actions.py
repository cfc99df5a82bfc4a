"""Opening books and accounts, posting and reversing entries, closing.

Every posting holds its book first, so two never wait for each other: who posts in several books in one transaction
goes by lower pk first.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from fyrtaarn.areas.models import Municipality
from fyrtaarn.engine.money import Line, fault_of, turned_round
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Account, AccountKind, Book, Entry, FinanceAccount, Posting, Reason
from .movements import SINGLE, Place
from .rules import NotEnough, may_close_through, may_keep_books, may_post_on, may_reverse


class BadEntry(ValueError):
    """The lines cannot be an entry, or the key stands for another: a mistake in the code that posts."""


class NoSuchAccount(LookupError):
    """Nobody has opened this account of the book."""


@transaction.atomic
def open_book(municipality: Municipality, name: str) -> Book:
    """A new book with the accounts that every book has."""
    book = Book.objects.create(municipality=municipality, name=name)
    Account.objects.bulk_create([Account(book=book, kind=place.kind) for place in SINGLE])
    return book


def open_contributor(book: Book, key: str, label: str) -> None:
    """The accounts of one who gives: what is promised, and what goes back."""
    _open(book, (AccountKind.RECEIVABLE, AccountKind.OWED), key, label)


def open_round(book: Book, key: str, label: str) -> None:
    """The account of a round of applications."""
    _open(book, (AccountKind.ROUND,), key, label)


def open_grant(book: Book, key: str, label: str, organisation: Organisation) -> None:
    """The account of what is committed to a grant."""
    _open(book, (AccountKind.GRANT,), key, label, organisation)


def open_recipient(book: Book, key: str, label: str, organisation: Organisation) -> None:
    """The accounts of one who gets: what is to be paid to her, and what she shall pay back."""
    _open(book, (AccountKind.PAYABLE, AccountKind.CLAIM), key, label, organisation)


@transaction.atomic
def _open(
    book: Book, kinds: Iterable[AccountKind], key: str, label: str, organisation: Organisation | None = None
) -> None:
    """Opened once; what is there already is left as it is."""
    hold(Book.objects.all(), book.pk)
    there = set(book.accounts.filter(kind__in=kinds, key=key).values_list("kind", flat=True))
    Account.objects.bulk_create(
        Account(book=book, kind=kind, key=key, label=label, organisation=organisation)
        for kind in kinds
        if kind not in there
    )


@transaction.atomic
def post(
    book: Book,
    lines: Sequence[Line[Place]],
    *,
    reason: Reason,
    text: str,
    by: User | None,
    document: str = "",
    key: UUID | None = None,
    day: date | None = None,
) -> Entry:
    """Post lines as the book's next entry; the same key again gives the entry that it gave the first time.

    Without a day it is today, or the book's latest day if the clock has gone back since. Whether the person may move
    this money is for the room that calls to say. Raises NotEnough, Refused for a day that is not open, BadEntry,
    NoSuchAccount.
    """
    return _post(book, lines, reason=reason, text=text, by=by, document=document, key=key, day=day)


@transaction.atomic
def reverse(entry: Entry, *, why: str, by: User | None, key: UUID | None = None) -> Entry:
    """Post the entry's lines turned round. Raises Refused where it is reversed already, NotEnough where it is spent."""
    book = hold(Book.objects.all(), entry.book_id)
    entry = Entry.objects.select_related("reversed_by").get(pk=entry.pk)
    if key is not None and hasattr(entry, "reversed_by") and entry.reversed_by.key == key:
        return entry.reversed_by
    require(may_reverse(entry))
    back = turned_round([
        Line(Place(AccountKind(line.account.kind), line.account.key), line.debit, line.credit)
        for line in entry.postings.select_related("account")
    ])  # fmt: skip
    return _post(book, back, reason=Reason.REVERSED, text=why, by=by, document=entry.document, key=key, reverses=entry)


@transaction.atomic
def close_through(book: Book, day: date, by: User) -> Book:
    """Let nothing more be posted on this day or before. Raises Refused."""
    held = hold(Book.objects.all(), book.pk)
    require(may_keep_books(by, held.municipality_id))
    require(may_close_through(held, day))
    held.closed_through = day
    held.save(update_fields=["closed_through"])
    return held


@transaction.atomic
def set_mapping(book: Book, numbers: Mapping[AccountKind, str], *, by: User) -> Book:
    """Say which account of the finance system takes each kind of ours; no number, no account. Raises Refused."""
    held = hold(Book.objects.all(), book.pk)
    require(may_keep_books(by, held.municipality_id))
    there = {row.kind: row for row in held.mapping.all()}
    for kind, number in numbers.items():
        row = there.get(kind)
        if row is None and number:
            FinanceAccount.objects.create(book=held, kind=kind, number=number)
        elif row is not None and not number:
            row.delete()
        elif row is not None and row.number != number:
            row.number = number
            row.save(update_fields=["number"])
    return held


def _post(
    book: Book,
    lines: Sequence[Line[Place]],
    *,
    reason: Reason,
    text: str,
    by: User | None,
    document: str,
    key: UUID | None,
    day: date | None = None,
    reverses: Entry | None = None,
) -> Entry:
    fault = fault_of(lines)
    if fault is not None:
        raise BadEntry(fault.value)
    held = hold(Book.objects.all(), book.pk)
    amount = sum(line.debit for line in lines)
    if key is not None and (posted := held.entries.filter(key=key).first()) is not None:
        return _same(posted, reason, amount)
    day = day or max(clock.today(), held.latest_day or date.min)
    require(may_post_on(held, day))
    accounts = _accounts(held.accounts.all(), lines)
    entry = Entry.objects.create(
        book=held, day=day, reason=reason, text=text, document=document, by=by, reverses=reverses,
        key=key or uuid4(), amount=amount, lines=len(lines),
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(entry=entry, account=accounts[line.account], debit=line.debit, credit=line.credit) for line in lines
    )
    return entry


def _same(posted: Entry, reason: Reason, amount: int) -> Entry:
    if (posted.reason, posted.amount) != (reason, amount):
        raise BadEntry("the key stands for another entry")
    return posted


def _accounts(of_book: QuerySet[Account], lines: Sequence[Line[Place]]) -> dict[Place, Account]:
    """The account of each line as it is now. Raises NotEnough where one would go below zero."""
    keys = {line.account.key for line in lines}
    found = {Place(AccountKind(account.kind), account.key): account for account in of_book.filter(key__in=keys)}
    for line in lines:
        account = found.get(line.account)
        if account is None:
            raise NoSuchAccount(f"{line.account.kind} {line.account.key}")
        taken = line.credit if account.grows_on_debit else line.debit
        if taken > account.balance:
            raise NotEnough(account, taken)
    return found
