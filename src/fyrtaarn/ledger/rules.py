"""Who reads the books, who posts in them, and what may be closed or reversed."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.rules import ALLOWED, Refused, Verdict, allowed_if, refused
from fyrtaarn.people.models import RoleKind
from fyrtaarn.people.rules import holds_role

from .models import Account, Book, Entry, Reason

KEEPERS = (RoleKind.FUND_MANAGER, RoleKind.MUNICIPALITY_ADMINISTRATOR)
READERS = (*KEEPERS, RoleKind.AUDITOR)


class NotEnough(Refused):
    """There is not so much on the account: `account`, `wanted` øre."""

    def __init__(self, account: Account, wanted: int) -> None:
        self.account, self.wanted = account, wanted
        words = {"account": account, "there": kroner(account.balance), "wanted": kroner(wanted)}
        super().__init__(_("“%(account)s” holds %(there)s. That is less than %(wanted)s.") % words)


def may_read_books(user: Any, municipality: Municipality | int) -> Verdict:
    """Fund managers and auditors read a municipality's books, and so do its administrators."""
    return allowed_if(
        holds_role(user, *READERS, municipality=municipality),
        _("The books are read by the municipality's fund managers and auditors."),
    )


def may_keep_books(user: Any, municipality: Municipality | int) -> Verdict:
    """Fund managers, and administrators, close a book and say which accounts of the finance system take ours."""
    return allowed_if(
        holds_role(user, *KEEPERS, municipality=municipality),
        _("The books are kept by the municipality's fund managers."),
    )


def may_post_on(book: Book, day: date) -> Verdict:
    """The days of a book go one way: not before its latest, not closed, and not to come."""
    if day > clock.today():
        return refused(_("The day has not come yet."))
    if book.closed_through is not None and day <= book.closed_through:
        return refused(_("The book is closed through that day. Choose a later one."))
    return allowed_if(
        book.latest_day is None or day >= book.latest_day,
        _("Something has been posted after that day already. Choose a later one."),
    )


def may_close_through(book: Book, day: date) -> Verdict:
    """A book is closed through a day that has passed, and never opened again."""
    if day >= clock.today():
        return refused(_("A book can only be closed through a day that has passed."))
    return allowed_if(
        book.closed_through is None or day >= book.closed_through,
        _("The book is closed further than that already, and a closed book is not opened again."),
    )


def may_reverse(entry: Entry) -> Verdict:
    """An entry is reversed once, and a reversal is not reversed: post anew."""
    if entry.reason == Reason.REVERSED:
        return refused(_("A reversal is not reversed. Post what should be there as a new entry."))
    return refused(_("The entry has been reversed already.")) if hasattr(entry, "reversed_by") else ALLOWED
