"""Books, their accounts, entries with their postings, and what each day has moved.

The database keeps the books itself (migration 0002): it numbers the entries, adds up balances and days, and refuses
what is unbalanced, changed, back-dated or more than there is, whoever asks. See docs/decisions/0020.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.organisations.models import Organisation


@tracked(exclude=("next_number", "latest_day"))
class Book(models.Model):
    """The books of one pool. The database alone counts the entries and notes the latest day."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="books")
    name = models.CharField(_("name"), max_length=200)
    next_number = models.BigIntegerField(db_default=1, editable=False)
    latest_day = models.DateField(null=True, editable=False)
    closed_through = models.DateField(_("closed through"), null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class AccountKind(models.TextChoices):
    """What an account holds. Each has a side on which it grows, and is never below zero on it."""

    CASH = "cash", _("Money in the pool")
    RECEIVABLE = "receivable", _("Promised by a contributor, not yet paid in")
    CLAIM = "claim", _("To be paid back by a recipient")
    PLEDGED = "pledged", _("Contributions decided, not yet paid in")
    FREE = "free", _("Free to grant")
    ROUND = "round", _("Set aside for a round")
    GRANT = "grant", _("Granted, not yet approved for payment")
    PAYABLE = "payable", _("Approved for payment, not yet paid")
    CLAIMED = "claimed", _("Claimed back, not yet received")
    OWED = "owed", _("To be returned to a contributor")


DEBIT_KINDS = frozenset({AccountKind.CASH, AccountKind.RECEIVABLE, AccountKind.CLAIM})
"""What grows on the debit side; the others grow on the credit side."""


class Account(models.Model):
    """One account of a book. `key` is what it is for ("department-7", "grant-12"); empty where a book has one alone.

    `organisation` is the recipient whose money it is about: her people see its postings. `balance` is øre on the side
    on which the account grows, kept by the database.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(_("kind"), max_length=10, choices=AccountKind.choices)
    key = models.CharField(max_length=60, blank=True)
    label = models.CharField(_("name"), max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="accounts")
    balance = models.BigIntegerField(_("balance"), db_default=0, editable=False)

    class Meta:
        ordering = ("book", "kind", "key")
        constraints = [
            models.UniqueConstraint(fields=("book", "kind", "key"), name="one_account_a_key"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="account_never_below_zero"),
            models.CheckConstraint(condition=Q(kind__in=AccountKind.values), name="account_kind_is_known"),
        ]

    def __str__(self) -> str:
        kind = self.get_kind_display()
        return f"{kind}: {self.label}" if self.label else kind

    @property
    def grows_on_debit(self) -> bool:
        return self.kind in DEBIT_KINDS


class Reason(models.TextChoices):
    """Why money moves."""

    CONTRIBUTION_DECIDED = "contribution_decided", _("Contribution decided")
    CONTRIBUTION_PAID = "contribution_paid", _("Contribution paid in")
    CONTRIBUTION_DROPPED = "contribution_dropped", _("Contribution dropped")
    SET_ASIDE = "set_aside", _("Set aside for a round")
    RELEASED = "released", _("Released from a round")
    GRANTED = "granted", _("Granted")
    APPROVED = "approved", _("Approved for payment")
    APPROVAL_WITHDRAWN = "approval_withdrawn", _("Approval withdrawn")
    PAID_OUT = "paid_out", _("Paid out")
    PAYMENT_FAILED = "payment_failed", _("Payment came back")
    CLAIMED = "claimed", _("Claimed back")
    CLAIM_PAID = "claim_paid", _("Paid back")
    CLAIM_WAIVED = "claim_waived", _("Claim waived")
    GRANT_CLOSED = "grant_closed", _("Grant closed, the rest is free again")
    LEFTOVER_OWED = "leftover_owed", _("Leftover to be returned")
    LEFTOVER_KEPT = "leftover_kept", _("Leftover kept in the pool")
    LEFTOVER_PAID = "leftover_paid", _("Leftover returned")
    REVERSED = "reversed", _("Reversed")


class Entry(models.Model):
    """Something that happened to the money of a book, in lines that balance. It is never changed, only reversed.

    `number` is the next of its book, given by the database. `amount` is what its debits sum to, and `lines` how many it
    has, so that none can be added later. `document` names what it rests on: a voucher, a decision, a file. `by` is empty
    where no person did it. The same `key` is never posted twice.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries")
    number = models.BigIntegerField(_("number"), db_default=0, editable=False)
    day = models.DateField(_("date"))
    at = models.DateTimeField(_("posted"), default=clock.now)
    reason = models.CharField(_("what happened"), max_length=24, choices=Reason.choices)
    text = models.TextField(_("text"))
    document = models.CharField(_("document"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    amount = models.BigIntegerField(_("amount"))
    lines = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("book", "number")
        constraints = [
            models.UniqueConstraint(fields=("book", "number"), name="one_entry_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0, lines__gte=2), name="entry_moves_something"),
            models.CheckConstraint(
                condition=Q(reason="reversed", reverses__isnull=False) | (~Q(reason="reversed") & Q(reverses=None)),
                name="reversal_names_what_it_reverses",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="entry_says_why"),
        ]
        indexes = [models.Index(fields=("book", "day"), name="entry_by_day")]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"


class Posting(models.Model):
    """One line of an entry: øre on one side of one account."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings", db_index=False)
    debit = models.BigIntegerField(_("debit"), default=0)
    credit = models.BigIntegerField(_("credit"), default=0)

    class Meta:
        ordering = ("entry", "pk")
        constraints = [
            models.UniqueConstraint(fields=("entry", "account"), name="account_once_an_entry"),
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0), name="posting_on_one_side"
            ),
        ]
        indexes = [models.Index(fields=("account", "entry"), name="posting_by_account")]


class DayTotal(models.Model):
    """What one day has moved on an account, and its balance at the end of that day, kept by the database."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="days", db_index=False)
    day = models.DateField()
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()
    balance = models.BigIntegerField()

    class Meta:
        ordering = ("account", "day")
        constraints = [
            models.UniqueConstraint(fields=("account", "day"), name="one_total_a_day"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="day_never_ends_below_zero"),
        ]


@tracked()
class FinanceAccount(models.Model):
    """Which account of the municipality's finance system takes a kind of account of ours; a row of a book's mapping."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="mapping")
    kind = models.CharField(_("kind"), max_length=10, choices=AccountKind.choices)
    number = models.CharField(_("account in the finance system"), max_length=40)

    class Meta:
        ordering = ("book", "kind")
        constraints = [
            models.UniqueConstraint(fields=("book", "kind"), name="one_finance_account_a_kind"),
            models.CheckConstraint(condition=~Q(number=""), name="finance_account_has_number"),
        ]
