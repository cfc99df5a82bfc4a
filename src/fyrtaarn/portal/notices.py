"""What people are told about challenges and solutions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.people.rules import is_employee

from .models import Challenge, Solution
from .queries.people import in_dialogue_about, team_of, writers_of

CHALLENGES = _("Challenges")
SOLUTIONS = _("Solutions")

for kind in (
    NoticeKind("portal.contact", _("You have become the contact for a challenge"), CHALLENGES, Rhythm.AT_ONCE),
    NoticeKind("portal.partner", _("Your department owns a challenge together with others"), CHALLENGES),
    NoticeKind("portal.partner_left", _("A department no longer owns a challenge with you"), CHALLENGES, Rhythm.DAILY),
    NoticeKind("portal.ended", _("A challenge that you are in dialogue about has ended"), SOLUTIONS),
    NoticeKind("portal.confirm", _("A solution waits for you to confirm it"), SOLUTIONS),
    NoticeKind("portal.stale", _("A solution has not been confirmed in time"), SOLUTIONS),
):
    register(kind)


def tell_contact(challenge: Challenge, by: Any, _reason: str = "") -> None:
    """The contact as long as she works there, unless it is her own doing; once for each challenge."""
    if challenge.contact and challenge.contact != by and is_employee(challenge.contact, challenge.municipality_id):
        tell(
            "portal.contact",
            [challenge.contact],
            path=challenge.path,
            params={"challenge": str(challenge), "by": str(by)},
            once=f"challenge-{challenge.pk}",
        )


def tell_partners(challenge: Challenge, by: Any, _reason: str = "") -> None:
    """Those who write for a department that owns the challenge together with others; once for each department."""
    for department in challenge.partners.all():
        tell(
            "portal.partner",
            writers_of([department.pk]).exclude(pk=by.pk),
            path=challenge.path,
            params={"challenge": str(challenge), "department": department.name, "by": str(by)},
            once=f"challenge-{challenge.pk}-department-{department.pk}",
        )


def tell_partner_left(challenge: Challenge, department: Department, by: Any) -> None:
    """Those who write for the departments that still own it."""
    tell(
        "portal.partner_left",
        writers_of([owner.pk for owner in challenge.owners]).exclude(pk=by.pk),
        path=challenge.path,
        params={"challenge": str(challenge), "department": department.name, "by": str(by)},
    )


def tell_those_in_dialogue(challenge: Challenge, _by: Any, reason: str) -> None:
    """The teams of the organisations in dialogue about the challenge."""
    tell(
        "portal.ended",
        in_dialogue_about(challenge),
        path=challenge.path,
        params={"challenge": str(challenge), "state": challenge.state, "learned": reason},
    )


def ask_for_confirmation(solution: Solution) -> None:
    """The organisation's team, once before and once after the offer has become stale, for each confirmation."""
    tell(
        "portal.stale" if solution.is_stale else "portal.confirm",
        team_of(solution.organisation_id),
        path=solution.path,
        params={"solution": str(solution), "until": f"{solution.fresh_until:%d.%m.%Y}"},
        once=f"solution-{solution.pk}-{solution.confirmed}",
    )
