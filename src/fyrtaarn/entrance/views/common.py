"""What the pages of a case share."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fyrtaarn.people.models import User

from .. import queries, rules
from ..forms import RatingForm, ReopenForm
from ..models import OPEN_STATES, Case, CaseState, Ground, Rating

STATUS = {
    CaseState.UNCONFIRMED: "warn",
    CaseState.RECEIVED: "info",
    CaseState.ROUTED: "info",
    CaseState.IN_PROGRESS: "info",
    CaseState.WAITING: "warn",
    CaseState.ANSWERED: "good",
    CaseState.CLOSED: "neutral",
    CaseState.MERGED: "neutral",
}


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


def asker_context(case: Case, actor: "rules.Actor") -> dict[str, Any]:
    """What the asker's page shows, whether she is signed in or holds a letter."""
    rating = Rating.objects.filter(case=case).first()
    rated = {"answer": rating.answer, "words": rating.words} if rating else None
    return {
        "case": case,
        "status": STATUS[CaseState(case.state)],
        "said": queries.said_in(case, notes=False),
        "who_has_it": who_has_it(case),
        "moves": moves_of(case),
        "is_open": case.state in OPEN_STATES,
        "may_write": rules.may_ask_on(actor, case),
        "may_rate": rules.may_rate(actor, case),
        "may_reopen": case.state == CaseState.CLOSED and rules.may_reopen(actor, case),
        "rating": rating,
        "rating_form": RatingForm(auto_id="rating-%s", initial=rated),
        "reopen_form": ReopenForm(auto_id="reopen-%s"),
    }


def moves_of(case: Case) -> list[dict[str, Any]]:
    """Each time that somebody else got it, with the reason that was written."""
    steps = [step for step in queries.steps_in(case) if step.name == "route"]
    return [{"label": _("Sent to a department"), "by": step.by, "at": step.at, "reason": step.reason} for step in steps]


def who_has_it(case: Case) -> str:
    """In a sentence, who has the question now and why."""
    if case.department is None:
        return _("It is being sorted: a person finds the department that knows most about it.")
    values = {"department": case.department.label, "holder": str(case.holder or ""), "why": _why(case)}
    if case.holder is None:
        return (
            _("%(department)s has it. The first of the department's contact persons who is free takes it up.") % values
        )
    return _("%(holder)s in %(department)s has it, and %(why)s.") % values


def _why(case: Case) -> str:
    return str(Ground(case.ground).label) if case.ground else ""
