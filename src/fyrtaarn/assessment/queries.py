"""What the pages of assessment read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import BooleanField, Count, F, Func, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.formats import number_format

from fyrtaarn.applications.models import Application, ApplicationState
from fyrtaarn.applications.queries import whole_applications
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import require_found
from fyrtaarn.ledger import movements
from fyrtaarn.ledger.queries import balance_of
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_employee
from fyrtaarn.pools.models import Call, CallState, Criterion, Duty

from . import rules
from .models import Assignment, AssignmentState, Remark, Score
from .totals import Ranked, Total, Weighted, ranked, total_of

SHOWN_STATES = (*rules.UNDECIDED, ApplicationState.GRANTED, ApplicationState.REFUSED)


@dataclass(frozen=True)
class AskedAbout:
    """What an assessor is told of an application before she has said that nothing stands in her way.

    `is_open` as long as it is neither decided nor its assessment closed.
    """

    title: str
    organisation: str
    pool: str
    call: str
    is_open: bool


@dataclass(frozen=True)
class Assessment:
    """One assessor's points by criterion, reasons and opinion; `counts` unless she found a conflict afterwards."""

    assignment: Assignment
    scores: dict[int, Score]
    opinion: str

    @property
    def counts(self) -> bool:
        return self.assignment.state == AssignmentState.DONE

    @property
    def points(self) -> dict[int, int]:
        return {key: score.points for key, score in self.scores.items() if score.points is not None}

    def sum_of(self, criteria: Iterable[Criterion]) -> int:
        return sum(one.weight * self.points.get(one.pk, 0) for one in criteria)


@dataclass(frozen=True)
class BoardRow:
    """One application on the board: how far its assessment is, its total where it may be shown, its place."""

    application: Application
    done: int
    wanted: int
    total: Total | None
    rank: Ranked | None = None

    @property
    def percent(self) -> Decimal | None:
        """The share of the most possible points, rounded to a tenth of a percent."""
        if self.total is None:
            return None
        share = 100 * self.total.share
        return round(Decimal(share.numerator) / share.denominator, 1)

    @property
    def in_percent(self) -> str:
        return f"{number_format(self.percent)} %" if self.percent is not None else ""


@dataclass(frozen=True)
class Board:
    """A call's applications: those in order that are wholly assessed, the others, and those decided already."""

    call: Call
    money: int
    order: list[BoardRow] = field(default_factory=list)
    unfinished: list[BoardRow] = field(default_factory=list)
    decided: list[BoardRow] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(row.application.asked for row in (*self.order, *self.unfinished))


def assignments_of(user: User) -> list[tuple[Assignment, AskedAbout]]:
    """All that she has been asked to assess, the latest first, each with what she was told of it."""
    told = _asked_about()
    rows = Assignment.objects.filter(assessor=user).order_by("-assigned", "-pk")
    return [(one, told[one.pk]) for one in rows if one.pk in told]


def told_of(assignment: Assignment) -> AskedAbout:
    """What the assessor is told of the application of one of her own assignments."""
    return _asked_about()[assignment.pk]


def _asked_about() -> dict[int, AskedAbout]:
    """By assignment what the reader is told. An errand of the database, for she does not see the applications yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT assignment, title, organisation, pool, call, is_open FROM errand.asked_to_assess()")
        return {pk: AskedAbout(*words) for pk, *words in cursor.fetchall()}


def is_open(application_id: int) -> bool:
    """Whether an application, which its assessor does not see yet, still waits to be assessed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT errand.is_assessed_still(%s)", [application_id])
        found: bool = cursor.fetchone()[0]
        return found


def own_assignment(user: User, pk: int) -> Assignment:
    """One of her own assignments. Raises Http404."""
    return get_object_or_404(Assignment.objects.filter(assessor=user), pk=pk)


def applications_to_compare() -> QuerySet[Application]:
    """With who assesses them and what the reader's database shows of what they say."""
    assignments = Assignment.objects.select_related("assessor", "opinion").prefetch_related("scores")
    rows = whole_applications().select_related("closed_discussion__by")
    return rows.prefetch_related(Prefetch("assignments", assignments.order_by("assigned", "pk")))


def own_application(assignment: Assignment) -> Application:
    """The application that one of the reader's own assignments is about. Raises Http404 where she does not read it."""
    return get_object_or_404(applications_to_compare(), pk=assignment.application_id)


def application_in(municipality: Municipality, pk: int) -> Application:
    """An application of one municipality. Raises Refused where it is not there for the reader."""
    rows = applications_to_compare().filter(municipality=municipality)
    return require_found(rows.filter(pk=pk).first(), rules.ONLY_JUDGES)


def side_by_side(user: User, application: Application) -> list[Assessment]:
    """What she may see of others' and her own assessments of an application as it is now."""
    current = applications_to_compare().get(pk=application.pk)
    return shown_to(rules.sight_of(user, current), current)


def shown_to(sight: rules.Sight, application: Application) -> list[Assessment]:
    """The assessments of one of `applications_to_compare` that have been done, as far as this sight goes."""
    return [
        Assessment(one, {score.criterion_id: score for score in one.scores.all()}, one.opinion.text)
        for one in application.assignments.all()
        if one.done is not None and sight.shows_scores(one) and hasattr(one, "opinion")
    ]


def remarks_on(application: Application) -> QuerySet[Remark]:
    return Remark.objects.filter(application=application).select_related("by").order_by("at", "pk")


def calls_in(municipality: Municipality) -> QuerySet[Call]:
    """The calls that have been published, the latest first."""
    rows = Call.objects.filter(pool__municipality=municipality).exclude(state=CallState.DRAFT)
    return rows.select_related("pool").order_by("-opens", "-pk")


def boards_of(user: User, municipality: Municipality) -> QuerySet[Call]:
    """The calls whose boards she sees: see rules.may_see_board."""
    rows = calls_in(municipality)
    if rules.sees_all_boards(user, municipality):
        return rows
    if not is_employee(user, municipality):
        return rows.none()
    return rows.filter(pool__in=rules.duties_today(Duty.DECIDER).filter(user=user).values("pool"))


def one_call(municipality: Municipality, pk: int) -> Call:
    """Raises Http404."""
    return get_object_or_404(calls_in(municipality).select_related("pool__municipality", "pool__book", "rules"), pk=pk)


def applications_on_board(user: User, call: Call) -> QuerySet[Application]:
    """Those that have been sent, but for what her own organisations apply for."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    rows = Application.objects.filter(call=call, state__in=SHOWN_STATES).exclude(organisation__in=teams)
    return rows.select_related("organisation", "municipality", "rules", "call__pool")


def applications_to_spread(user: User, call: Call) -> QuerySet[Application]:
    """Those that are undecided and whose discussion goes on."""
    rows = applications_on_board(user, call).filter(state__in=rules.UNDECIDED, closed_discussion=None)
    return rows.order_by("pk")


def board_of(user: User, call: Call) -> Board:
    """The board of a call, for who may see it. Totals are there only for what is opened."""
    scores = Prefetch("scores", Score.objects.exclude(points=None))
    assignments = Prefetch("assignments", Assignment.objects.prefetch_related(scores).order_by("pk"))
    rows = list(applications_on_board(user, call).prefetch_related(assignments).order_by("pk"))
    criteria = _criteria_by_rules({one.rules_id for one in rows})
    shown = [_row(one, criteria[one.rules_id]) for one in rows]
    money = money_left(call)
    undecided = [row for row in shown if row.application.state in rules.UNDECIDED]
    ready = {row.application.pk: row for row in undecided if row.total is not None and row.done >= row.wanted}
    order = ranked(
        {key: row.total.share for key, row in ready.items() if row.total},
        {key: row.application.asked for key, row in ready.items()},
        money,
    )
    return Board(
        call,
        money,
        [_with_rank(ready[one.key], one) for one in order],
        [row for row in undecided if row.application.pk not in ready],
        [row for row in shown if row.application.state not in rules.UNDECIDED],
    )


@dataclass(frozen=True)
class Progress:
    """Of a call: how many applications wait to be decided, for how many assessments, of which how many are done."""

    applications: int = 0
    wanted: int = 0
    done: int = 0


def progress_of(calls: Iterable[Call]) -> dict[int, Progress]:
    """By call how far the assessment of what is undecided is."""
    keys = [call.pk for call in calls]
    rows = Application.objects.filter(call__in=keys, state__in=rules.UNDECIDED).order_by()
    done = Count("assignments", filter=Q(assignments__state=AssignmentState.DONE))
    found = dict.fromkeys(keys, Progress())
    for call, wanted, many in rows.annotate(many=done).values_list("call", "rules__assessors", "many"):
        so_far = found[call]
        found[call] = Progress(so_far.applications + 1, so_far.wanted + wanted, so_far.done + min(many, wanted))
    return found


def money_left(call: Call) -> int:
    """What is set aside for the call and not granted yet, in øre; of a call for which nothing is, what the pool has free."""
    place = movements.round_(call.key) if call.set_aside else movements.FREE
    return balance_of(call.pool.book, place)


def _criteria_by_rules(keys: Iterable[int]) -> dict[int, list[Weighted]]:
    found: dict[int, list[Weighted]] = defaultdict(list)
    for one in Criterion.objects.filter(rules__in=keys).order_by("number"):
        found[one.rules_id].append(Weighted(one.pk, one.weight, one.most))
    return found


def _row(application: Application, criteria: Sequence[Weighted]) -> BoardRow:
    assignments = list(application.assignments.all())
    done = [one for one in assignments if one.state == AssignmentState.DONE]
    waits = any(one.state in rules.OPEN_STATES and not rules.is_late(one) for one in assignments)
    points = [{score.criterion_id: score.points for score in one.scores.all()} for one in done]
    whole = [one for one in points if all(criterion.key in one for criterion in criteria)]
    total = total_of(criteria, whole) if done and not waits else None  # type: ignore[arg-type]
    return BoardRow(application, len(done), application.rules.assessors, total)


def _with_rank(row: BoardRow, rank: Ranked) -> BoardRow:
    return BoardRow(row.application, row.done, row.wanted, row.total, rank)


def is_to_assess(person: F) -> Func:
    """Whether something waits for a person, beside her row; an errand, as her reading has not begun when she is read."""
    return Func(person, function="errand.is_to_assess", output_field=BooleanField())


def waiting_for(user: User) -> list[tuple[int, str, date | None, str]]:
    """What she is to answer or score: assignment, state, day and the application's title, the nearest day first.

    One statement; none in the request of somebody for whom nothing waits, which is read with the person. An errand of
    the database, for she does not see all of these applications.
    """
    if not getattr(user, "read_is_to_assess", True):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT told.assignment, own.state, own.due, told.title"
            " FROM errand.asked_to_assess() told JOIN assessment_assignment own ON own.id = told.assignment"
            " WHERE told.is_open AND own.state = ANY (%s) ORDER BY own.due NULLS LAST, own.id",
            [list(map(str, rules.OPEN_STATES))],
        )
        return cursor.fetchall()  # type: ignore[no-any-return]
