"""Balances of any day, statements, trial balances, and the way of one krone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from .models import Account, AccountKind, Book, DayTotal, Entry, Posting
from .movements import Place


def balance(account: Account, on: date | None = None) -> int:
    """Øre on the side on which the account grows; `on`: at the end of that day."""
    if on is None:
        return Account.objects.values_list("balance", flat=True).get(pk=account.pk)
    latest = DayTotal.objects.filter(account=account, day__lte=on).order_by("-day").values_list("balance", flat=True)
    return latest.first() or 0


def balance_of(book: Book, place: Place, on: date | None = None) -> int:
    """The balance of the account there; nothing where nobody has opened one."""
    account = Account.objects.filter(book=book, kind=place.kind, key=place.key).first()
    return 0 if account is None else balance(account, on) if on else account.balance


def balances(book: Book, on: date | None = None) -> dict[Place, int]:
    """All accounts of a book with their balance; `on`: at the end of that day."""
    accounts = Account.objects.filter(book=book)
    if on is not None:
        accounts = accounts.annotate(then=_balance_at(on))
    return {
        Place(AccountKind(account.kind), account.key): account.balance if on is None else account.then  # type: ignore[attr-defined]
        for account in accounts
    }


def totals(book: Book, on: date | None = None) -> dict[str, int]:
    """Øre by kind of account, whoever reads: what the pool has in all, free, committed, paid in …"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM errand.book_totals(%s, %s)", [book.pk, on or date.max])
        found = {kind: int(amount) for kind, amount in cursor.fetchall()}
    return {kind: found.get(kind, 0) for kind in AccountKind.values}


def days_of(book: Book, place: Place, since: date) -> list[tuple[date, int]]:
    """The balance at the end of `since`, and of each later day on which the account there moved; øre."""
    days = DayTotal.objects.filter(account__book=book, account__kind=place.kind, account__key=place.key)
    latest = days.filter(day__lte=since).order_by("-day").values("day")[:1]
    found = list(days.filter(day__gte=Coalesce(latest, since)).order_by("day").values_list("day", "balance"))
    before = found.pop(0)[1] if found and found[0][0] <= since else 0
    return [(since, before), *found]


def _balance_at(day: date) -> Coalesce:
    latest = DayTotal.objects.filter(account=OuterRef("pk"), day__lte=day).order_by("-day").values("balance")[:1]
    return Coalesce(Subquery(latest), 0)


@dataclass(frozen=True)
class TrialLine:
    """One account over some days: what it began with, what moved, what it ended with; øre on its own side."""

    account: Account
    opening: int
    debit: int
    credit: int
    closing: int


def trial_balance(book: Book, first: date, last: date) -> list[TrialLine]:
    """Every account of the book from `first` to `last`, both included, by kind in their order."""
    moved = DayTotal.objects.filter(account=OuterRef("pk"), day__range=(first, last)).order_by().values("account")
    accounts = Account.objects.filter(book=book).annotate(
        opening=_balance_at(first - timedelta(days=1)),
        closing=_balance_at(last),
        debited=Coalesce(Subquery(moved.values(sum=Sum("debit"))), 0),
        credited=Coalesce(Subquery(moved.values(sum=Sum("credit"))), 0),
    )
    order = {kind: place for place, kind in enumerate(AccountKind.values)}
    return [
        TrialLine(account, account.opening, int(account.debited), int(account.credited), account.closing)
        for account in sorted(accounts, key=lambda one: (order[one.kind], one.label, one.key))
    ]


@dataclass(frozen=True)
class StatementLine:
    """One posting with the balance after it."""

    posting: Posting
    balance: int


@dataclass(frozen=True)
class Statement:
    """The postings of an account from `first` to `last`, both included."""

    account: Account
    first: date
    last: date
    opening: int
    closing: int

    def lines(self, most: int | None = None) -> Iterator[StatementLine]:
        """What has moved on the account, oldest first; at most so many lines."""
        postings = postings_of(self.account).filter(entry__day__range=(self.first, self.last))[:most]
        now = self.opening
        for posting in postings.iterator():
            grown = posting.debit - posting.credit
            now += grown if self.account.grows_on_debit else -grown
            yield StatementLine(posting, now)


def statement(account: Account, first: date, last: date) -> Statement:
    """The account from one day to another."""
    return Statement(account, first, last, balance(account, first - timedelta(days=1)), balance(account, last))


def postings_of(account: Account) -> QuerySet[Posting]:
    """All postings of an account, oldest first."""
    return account.postings.select_related("entry").order_by("entry__number")


def trace(book: Book, key: str) -> QuerySet[Entry]:
    """All entries that touch what a key stands for (a grant, a contributor, a recipient)."""
    return book.entries.filter(pk__in=Posting.objects.filter(account__book=book, account__key=key).values("entry"))


def with_amount(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with `moved`, the amount that people know: the largest line, where some stand in two pairs of accounts."""
    largest = Posting.objects.filter(entry=OuterRef("pk")).order_by("-debit").values("debit")[:1]
    return entries.annotate(moved=Subquery(largest))


def posting_rows(book: Book, first: date, last: date) -> QuerySet[Posting]:
    """The lines of all entries from `first` to `last`, both included, in the order in which they were posted."""
    postings = Posting.objects.filter(entry__book=book, entry__day__range=(first, last))
    return postings.select_related("entry__by", "entry__reverses", "account").order_by("entry__number", "pk")


def finance_accounts(book: Book) -> dict[str, str]:
    """The number in the finance system, by kind of account; kinds that have none are not there."""
    return dict(book.mapping.values_list("kind", "number"))
