"""What the pages of decisions read, and what of them waits for a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, Prefetch, Q, QuerySet, TextChoices, Value
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application, ApplicationState
from fyrtaarn.areas.models import Municipality
from fyrtaarn.assessment.models import Assignment, AssignmentState
from fyrtaarn.assessment.queries import side_by_side
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION
from fyrtaarn.foundation.rules import require_found
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.pools.rules import MANAGERS, is_auditor, is_fund_manager

from ..models import Complaint, ComplaintState, Decision, DecisionState, DecisionYes, Hearing
from . import rules

WHOLE = (
    "application__call__pool__municipality", "application__organisation", "application__municipality",
    "application__rules", "application__contact", "drafted_by", "letter",
)  # fmt: skip


def whole_decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related(*WHOLE)


def decisions_for(user: User, municipality: Municipality) -> QuerySet[Decision]:
    """Those that she drafts, decides or audits, but for what her own organisations apply for."""
    rows = whole_decisions().filter(application__municipality=municipality)
    rows = rows.exclude(application__organisation__in=[one.organisation_id for one in memberships_of(user)])
    if is_fund_manager(user, municipality) or is_auditor(user, municipality):
        return rows
    return rows.filter(application__call__pool__in=rules.pools_to_decide(user))


def one_decision(municipality: Municipality, pk: int) -> Decision:
    """A decision of the municipality with all that its page shows. Raises Refused where it is not there for the reader."""
    rows = whole_decisions().select_related("hearing__sent_by", "hearing__answered_by", "grant")
    yeses = Prefetch("yeses", DecisionYes.objects.select_related("by"))
    found = rows.prefetch_related(yeses).filter(application__municipality=municipality, pk=pk).first()
    return require_found(found, rules.NOT_TO_SEE)


def own_decision(user: User, pk: int) -> Decision:
    """What was decided for one of her organisations. Raises Http404."""
    teams = [one.organisation_id for one in memberships_of(user)]
    decided = (DecisionState.DECIDED, DecisionState.REVERSED)
    return get_object_or_404(
        whole_decisions().select_related("grant"), pk=pk, application__organisation__in=teams, state__in=decided
    )


def own_hearing(user: User, pk: int) -> Hearing:
    """What one of her organisations is heard about. Raises Http404."""
    teams = [one.organisation_id for one in memberships_of(user)]
    whole = ("application__call__pool__municipality", "application__organisation", "answered_by")
    return get_object_or_404(Hearing.objects.select_related(*whole), pk=pk, application__organisation__in=teams)


def complaints_of(decision: Decision) -> QuerySet[Complaint]:
    return Complaint.objects.filter(decision=decision).select_related("by", "answered_by").order_by("at", "pk")


def current_on(application: Application) -> Decision | None:
    """The decision on an application, but for one that fell after a complaint."""
    rows = Decision.objects.filter(application=application).exclude(state=DecisionState.REVERSED)
    return rows.select_related("application__call__pool").first()


def said_by_assessors(user: User, application: Application) -> str:
    """What the assessors have said, criterion by criterion and of the whole, to write the reasons from."""
    found = [one for one in side_by_side(user, application) if one.counts]
    criteria = list(application.rules.criteria.order_by("number"))
    paragraphs = []
    for criterion in criteria:
        said = [one.scores[criterion.pk].comment for one in found if criterion.pk in one.scores]
        if any(said):
            paragraphs.append(f"{criterion.label}: " + " ".join(filter(None, said)))
    opinions = [one.opinion for one in found if one.opinion]
    if opinions:
        paragraphs.append(gettext("The whole: ") + " ".join(opinions))
    return "\n".join(paragraphs)


class Waits(TextChoices):
    """What a decision waits for."""

    HEARING = "hearing", _("What do you say before it is decided?")
    YES = "yes", _("A decision waits for your yes")
    COMPLAINT = "complaint", _("A complaint waits for an answer")


@dataclass(frozen=True)
class Waiting:
    """Something of a decision that waits for a person: `key` is the hearing's or the decision's."""

    what: Waits
    key: int
    title: str
    municipality: str  # its slug
    due: date | None


def waiting_for(user: User) -> list[Waiting]:
    """What of decisions waits for her, the nearest day first: one statement for whom it may concern, none for others."""
    found = [rows for rows in (_hearings(user), _proposed(user), _complaints(user)) if rows is not None]
    if not found:
        return []
    rows = found[0].union(*found[1:], all=True).order_by("told_due", "told_key")
    return [Waiting(Waits(what), *rest) for what, *rest in rows[:MOST_IN_A_SECTION]]


def _hearings(user: User) -> QuerySet[Any, Any] | None:
    """What her organisations can still answer."""
    teams = [one.organisation_id for one in memberships_of(user)]
    if not teams:
        return None
    rows = Hearing.objects.filter(answered=None, due__gte=clock.today())
    rows = rows.filter(application__organisation__in=teams, application__state=ApplicationState.SENT)
    return _told(rows, Waits.HEARING, "application", F("due"))


def _proposed(user: User) -> QuerySet[Any, Any] | None:
    """Proposed decisions of the pools for which she decides, but for those that she said yes to or may not."""
    pools = rules.pools_to_decide(user)
    if not pools:
        return None
    rows = Decision.objects.filter(state=DecisionState.PROPOSED, application__state=ApplicationState.SENT)
    rows = rows.filter(application__call__pool__in=pools).exclude(second_needed=True, drafted_by=user)
    rows = _impartial(user, rows.exclude(yeses__by=user), "application")
    return _told(rows, Waits.YES, "application", Value(None, DateField()))


def _complaints(user: User) -> QuerySet[Any, Any] | None:
    """Complaints that she may answer, of what she neither drafted nor decided."""
    managed = [role.municipality_id for role in user.current_roles if role.kind in MANAGERS]
    pools = rules.pools_to_decide(user)
    if not managed and not pools:
        return None
    hers = Q(decision__application__municipality__in=managed) | Q(decision__application__call__pool__in=pools)
    rows = Complaint.objects.filter(hers, state=ComplaintState.RECEIVED)
    rows = rows.exclude(decision__drafted_by=user).exclude(decision__yeses__by=user)
    rows = _impartial(user, rows, "decision__application")
    return _told(rows, Waits.COMPLAINT, "decision__application", F("due"))


def _impartial(user: User, rows: QuerySet[Any], application: str) -> QuerySet[Any]:
    """Those that she has nothing to do with, as rules.is_impartial says of one."""
    teams = [one.organisation_id for one in memberships_of(user)]
    conflicts = Assignment.objects.filter(assessor=user, state=AssignmentState.CONFLICT).order_by()
    own = {f"{application}__organisation__in": teams}
    declared = {f"{application}__organisation__in": conflicts.values("application__organisation")}
    return rows.exclude(**own).exclude(**declared)


def _told(rows: QuerySet[Any], what: Waits, application: str, due: Any) -> QuerySet[Any, Any]:
    key = "decision" if rows.model is Complaint else "pk"
    told = {
        "told_what": Value(what.value, CharField()),
        "told_key": F(key),
        "told_title": F(f"{application}__title"),
        "told_place": F(f"{application}__municipality__slug"),
        "told_due": due,
    }
    found: QuerySet[Any, Any] = rows.order_by().annotate(**told).values_list(*told)
    return found
