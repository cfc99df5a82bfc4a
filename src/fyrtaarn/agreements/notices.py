"""What the parties are told. Mails name the agreement and who; the words are read on its page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.people.models import User

from .models import Agreement, Review, StatusUpdate, Wording
from .recipients import others_in, people_of_party
from .rules import parties_of

GROUP = _("Collaborations")
register(NoticeKind("agreements.proposed", _("An agreement, or a change to one, waits for your yes"), GROUP))
register(NoticeKind("agreements.accepted", _("Another party says yes to an agreement"), GROUP))
register(NoticeKind("agreements.declined", _("A party says no to an agreement or a change"), GROUP))
register(NoticeKind("agreements.in_force", _("An agreement, or a change to one, comes into force"), GROUP))
register(NoticeKind("agreements.closed", _("An agreement is completed or ended"), GROUP))
register(NoticeKind("agreements.status", _("Another party tells how it goes"), GROUP))
register(NoticeKind("agreements.reviewed", _("A review has been held"), GROUP))
register(NoticeKind("agreements.review", _("A review comes near or is overdue"), GROUP))
register(NoticeKind("agreements.over", _("The period of an agreement has ended"), GROUP))


def tell_proposed(agreement: Agreement, wording: Wording, by: User) -> None:
    _tell("proposed", agreement, by, change=wording.number > 1 and agreement.state == "active")


def tell_accepted(agreement: Agreement, wording: Wording, by: User) -> None:
    _tell("accepted", agreement, by)


def tell_declined(agreement: Agreement, wording: Wording, by: User) -> None:
    _tell("declined", agreement, by)


def tell_in_force(agreement: Agreement, wording: Wording, by: User) -> None:
    _tell("in_force", agreement, by, title=wording.title)


def tell_closed(agreement: Agreement, by: User) -> None:
    _tell("closed", agreement, by, completed=agreement.state == "completed")


def tell_status(agreement: Agreement, update: StatusUpdate) -> None:
    _tell("status", agreement, update.by, course=update.course)


def tell_reviewed(agreement: Agreement, review: Review, by: User) -> None:
    _tell("reviewed", agreement, by, course=review.outcome)


def tell_review(review: Review, *, overdue: bool) -> int:
    """Remind all parties of a review, once before and once after its day; returns how many were told."""
    return _remind(
        "review",
        review.agreement,
        once=f"{review.pk}:{review.due}:{'overdue' if overdue else 'ahead'}",
        due=_day(review.due),
        overdue=overdue,
    )


def tell_over(agreement: Agreement) -> int:
    """Tell all parties once that the period has ended; returns how many were told."""
    return _remind("over", agreement, once=f"{agreement.pk}:{agreement.ends}")


def path_of(agreement: Agreement) -> str:
    return reverse("agreements:agreement", args=[agreement.pk])


def _tell(name: str, agreement: Agreement, by: User, **params: Any) -> None:
    values = {"title": agreement.title, "who": str(by), **params}
    tell(f"agreements.{name}", others_in(agreement, by), path=path_of(agreement), params=values)


def _remind(name: str, agreement: Agreement, *, once: str, **params: Any) -> int:
    people: Iterable[User] = {u.pk: u for party in parties_of(agreement) for u in people_of_party(party)}.values()
    values = {"title": agreement.title, **params}
    return len(tell(f"agreements.{name}", people, path=path_of(agreement), params=values, once=once))


def _day(day: date) -> str:
    """A day as both languages read it."""
    return f"{day:%d.%m.%Y}"
