"""What assessors do, and those who assign them. Every write on an assignment holds it first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, allowed_if, require, require_found
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState, log_step
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Call, Criterion, Pool

from . import jobs, notices, queries, rules
from .choosing import choosing, spreading
from .models import Assignment, AssignmentState, ClosedDiscussion, Opinion, Remark, Score
from .spreading import Chosen
from .states import ASSIGNMENT_STATES


@dataclass(frozen=True)
class Given:
    """An assessor's points for one criterion, None where she has not decided, and why."""

    points: int | None
    comment: str = ""


@transaction.atomic
def assign(user: User, application: Application, assessor: User, *, due: date | None, reason: str = "") -> Assignment:
    """Ask one person to assess an application. Raises Refused, with the reason, for somebody who may not."""
    current = _held_application(application.pk)
    require(rules.may_assign(user, current))
    _not_past(due)
    known = choosing(current.call.pool, [current])
    if assessor.pk not in known.people:
        raise Refused(_("She is not an assessor of the pool."))
    bar: Promise | None = known.bars[current.pk].get(assessor.pk)
    if bar is not None:
        raise Refused(bar)
    return _ask(current, assessor, by=user, due=due, reason=reason.strip())


@transaction.atomic
def spread_call(user: User, call: Call, *, due: date | None) -> list[Assignment]:
    """Give all undecided applications of a call the assessors that they lack, by the rules of the spreading."""
    require(rules.may_spread(user, call))
    _not_past(due)
    rows = Application.objects.filter(call=call, state__in=rules.UNDECIDED).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        hold(Application.objects.all(), pk)
    waiting = list(queries.applications_to_spread(user, call))
    if not waiting:
        raise Refused(_("There is no application that you can find assessors for."))
    return _spread(call.pool, waiting, by=user, due=due)


@transaction.atomic
def replace(application_id: int, due: date | None) -> list[Assignment]:
    """Find whom an application lacks once an assessor cannot, by the rules of the spreading. For the worker."""
    current = _held_application(application_id)
    if not rules.still_assessed(current):
        return []
    return _spread(current.call.pool, [current], by=None, due=due)


@transaction.atomic
def release(user: User, assignment: Assignment, why: str) -> Assignment:
    """Let somebody off who has not finished."""
    current = ASSIGNMENT_STATES.perform("release", _held(assignment), by=user, reason=why)
    notices.tell_released(current, why)
    return current


@transaction.atomic
def clear(user: User, assignment: Assignment) -> Assignment:
    """Declare that nothing stands in the way; from now on she reads the application. Raises Refused when it is over."""
    current = _held(assignment)
    require(allowed_if(queries.is_open(current.application_id), rules.OVER))
    current.declared = clock.now()
    current.save(update_fields=["declared"])
    return ASSIGNMENT_STATES.perform("clear", current, by=user)


@transaction.atomic
def declare_conflict(user: User, assignment: Assignment, what: str) -> Assignment:
    """Declare a conflict of interest, before reading or later: what she has scored is kept and counts no more.

    The worker tells those who look after the pool and finds somebody else, for she sees neither.
    """
    if not what.strip():
        raise ReasonMissing
    current = _held(assignment)
    current.declared, current.conflict = current.declared or clock.now(), what.strip()
    current.save(update_fields=["declared", "conflict"])
    current = ASSIGNMENT_STATES.perform("conflict", current, by=user)
    jobs.follow_conflict.defer(assignment_id=current.pk)
    return current


@transaction.atomic
def save_scores(user: User, assignment: Assignment, given: Mapping[int, Given], opinion: str) -> Assignment:
    """Keep a draft of points by criterion, of reasons and of what she says of the whole; whole or not."""
    current = _held(assignment)
    if current.state != AssignmentState.READING:
        raise WrongState
    require(rules.may_score(user, current))
    criteria = {one.pk: one for one in criteria_of(current.application)}
    for key, one in given.items():
        if key not in criteria or (one.points is not None and not 0 <= one.points <= criteria[key].most):
            raise ValidationError(_("Give points from nought to the most that the criterion gives."))
        Score.objects.update_or_create(
            assignment=current,
            criterion=criteria[key],
            defaults={"points": one.points, "comment": one.comment.strip()},
        )
    Opinion.objects.update_or_create(assignment=current, defaults={"text": opinion.strip()})
    return current


@transaction.atomic
def finish(user: User, assignment: Assignment, given: Mapping[int, Given], opinion: str) -> Assignment:
    """Save and lock. From now on she reads what the others say. Raises ValidationError naming what is missing."""
    current = save_scores(user, assignment, given, opinion)
    missing = missing_in(current)
    if missing:
        raise ValidationError(
            _("Give points and say why for: %(names)s."), params={"names": ", ".join(one.label for one in missing)}
        )
    current.done = clock.now()
    current.save(update_fields=["done"])
    current = ASSIGNMENT_STATES.perform("finish", current, by=user)
    jobs.follow_finished.defer(application_id=current.application_id)
    return current


def reopen(user: User, assignment: Assignment, why: str) -> Assignment:
    """Take her own scores up again, until the discussion is closed; what others say is hidden meanwhile."""
    return ASSIGNMENT_STATES.perform("reopen", assignment, by=user, reason=why)


@transaction.atomic
def remark(user: User, application: Application, text: str) -> Remark:
    """Say something to the others who assess, decide on or look after the application."""
    current = _held_for_discussion(user, application)
    require(rules.may_discuss(user, current))
    if not text.strip():
        raise ReasonMissing
    said = Remark.objects.create(application=current, by=user, text=text.strip())
    jobs.tell_remark.defer(remark_id=said.pk)
    return said


@transaction.atomic
def close_discussion(user: User, application: Application) -> ClosedDiscussion:
    """End the assessment: nobody changes her scores or adds to the discussion any more. Once is enough."""
    current = _held_application(application.pk)
    if hasattr(current, "closed_discussion"):
        return current.closed_discussion
    require(rules.may_assign(user, current))
    for pk in current.assignments.order_by("pk").values_list("pk", flat=True):
        hold(Assignment.objects.all(), pk)
    return ClosedDiscussion.objects.create(application=current, by=user)


def criteria_of(application: Application) -> list[Criterion]:
    """What the application is scored by: the rules that it was made under."""
    return list(Criterion.objects.filter(rules=application.rules_id).order_by("number"))


def missing_in(assignment: Assignment) -> list[Criterion]:
    """The criteria for which points or the reason are missing."""
    whole = {score.criterion_id for score in assignment.scores.all() if score.points is not None and score.comment}
    return [one for one in criteria_of(assignment.application) if one.pk not in whole]


def _held(assignment: Assignment) -> Assignment:
    """As it is now. The application is not read along: she may not see it yet."""
    return hold(Assignment.objects.all(), assignment.pk)


def _held_application(pk: int) -> Application:
    return hold(Application.objects.select_related("rules", "call__pool__municipality", "organisation"), pk)


def _held_for_discussion(user: User, application: Application) -> Application:
    """As it is now; it is not closed meanwhile. An assessor holds her own part, for the application is not hers."""
    own = Assignment.objects.filter(application=application, assessor=user).first()
    if own is None:
        return _held_application(application.pk)
    _held(own)
    return require_found(Application.objects.filter(pk=application.pk).first(), rules.ONLY_JUDGES)


def _spread(pool: Pool, applications: list[Application], *, by: User | None, due: date | None) -> list[Assignment]:
    known = choosing(pool, applications)
    by_key = {one.pk: one for one in applications}
    return [
        _ask(by_key[one.task], known.people[one.candidate], by=by, due=due, chosen=one)
        for one in spreading(pool, applications, known).chosen
    ]


def _ask(
    application: Application,
    assessor: User,
    *,
    by: User | None,
    due: date | None,
    reason: str = "",
    chosen: Chosen | None = None,
) -> Assignment:
    assignment = Assignment.objects.create(
        application=application,
        assessor=assessor,
        assigned_by=by,
        due=due,
        reason=reason,
        load=chosen.load if chosen else None,
        shared=chosen.shared if chosen else 0,
    )
    log_step(assignment, "ask", "", assignment.state, by=by, reason=reason)
    notices.tell_asked(assignment)
    return assignment


def _not_past(due: date | None) -> None:
    if due is not None and due < clock.today():
        raise ValidationError(_("Choose today or a later day."))
