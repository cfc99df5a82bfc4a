"""What the pages of applications read."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q, QuerySet

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.listings.matches import matches_for_each
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User
from fyrtaarn.pitches.models import Pitch, PitchState
from fyrtaarn.pools.models import Call, CallState, Stage
from fyrtaarn.portal.models import Challenge, Solution

from .content import Changed, Whole, changes, content_of
from .models import ApplicantQuestion, Application, ApplicationState, SentVersion
from .rules import may_change

DECIDED = (ApplicationState.GRANTED, ApplicationState.REFUSED)


def whole_applications() -> QuerySet[Application]:
    """With what their pages name."""
    return Application.objects.select_related(
        "organisation__home", "call__pool__municipality", "rules__pool", "stage", "district", "contact", "municipality",
        "solution", "challenge__municipality",
    )  # fmt: skip


def applications_to_write() -> QuerySet[Application]:
    """With all that they say."""
    rows = ("lines", "goals", "declared_aid", "linked", "rules__stages")
    return whole_applications().prefetch_related(*rows)


def applications_of(user: User) -> QuerySet[Application]:
    """Those of the organisations whose team she is in, the latest first."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    return whole_applications().filter(organisation__in=teams)


def queue(municipality: Municipality) -> QuerySet[Application]:
    """All that has been sent to the municipality's pools."""
    return whole_applications().filter(municipality=municipality, sent__isnull=False)


def for_assessment(call: Call) -> QuerySet[Application]:
    """The applications in a call that wait to be assessed and decided, those sent first before the others."""
    return whole_applications().filter(call=call, state=ApplicationState.SENT).order_by("sent", "pk")


def whole(application: Application, reader: User | None = None) -> Whole:
    """What it says: as it was sent last, but for its team while they write, who read it as it is now."""
    if application.sent is not None and not (reader and may_change(reader, application)):
        latest = SentVersion.objects.filter(application=application).order_by("-number").first()
        if latest is not None:
            return Whole(application, latest.content)
    return Whole(application, content_of(application))


def history_of_sending(application: Application) -> list[tuple[SentVersion, list[Changed]]]:
    """Each time that it was sent, the latest first, with what was changed since the time before."""
    versions = list(application.versions.select_related("by").order_by("number"))
    read = [Whole(application, version.content) for version in versions]
    changed = [[], *(changes(before, after) for before, after in pairwise(read))]
    return list(zip(versions, changed, strict=True))[::-1]


def questions_of(application: Application) -> QuerySet[ApplicantQuestion]:
    return application.questions.select_related("by", "answered_by").order_by("at", "pk")


def open_calls() -> QuerySet[Call]:
    """The calls of open municipalities in which one can apply today, those that close first before the others."""
    today = clock.today()
    rows = Call.objects.filter(state=CallState.PUBLISHED, opens__lte=today, pool__municipality__open=True)
    rows = rows.filter(Q(closes=None) | Q(closes__gte=today))
    return rows.select_related("pool__municipality", "rules__pool").order_by("closes", "pk")


def solutions_of(teams: Iterable[int]) -> QuerySet[Solution]:
    """What the organisations offer, and an application can build on."""
    return Solution.objects.filter(organisation__in=teams, state="published").order_by("title", "pk")


def pitches_of(teams: Iterable[int]) -> QuerySet[Pitch]:
    """Pitches whose words an application can begin with."""
    return Pitch.objects.filter(organisation__in=teams).exclude(state=PitchState.PUT_AWAY).order_by("-updated", "-pk")


def challenges_in(municipality: Municipality | int) -> QuerySet[Challenge]:
    """The municipality's challenges that are open and that everybody sees."""
    rows = Challenge.objects.filter(municipality=municipality, audience="public")
    return rows.filter(state__in=("published", "in_dialogue", "in_trial")).order_by("title", "pk")


def fitting_challenges(user: User, teams: Iterable[int], municipality: int, most: int = 3) -> list[int]:
    """Primary keys of the municipality's challenges that fit what the organisations offer, the best first."""
    offers = Listing.objects.filter(organisation__in=list(teams), kind="solution", ended=None).order_by("pk")[:3]
    hits = [hit for found in matches_for_each(list(offers), user, most=20) for hit in found]
    here = [hit for hit in hits if hit.listing.kind == "challenge" and hit.listing.municipality_id == municipality]
    return list(dict.fromkeys(hit.listing.subject_id for hit in here))[:most]


def open_for(user: User) -> list[Application]:
    """What her teams are writing, or are asked to mend; one query, none for who is in no team."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    if not teams:
        return []
    rows = Application.objects.filter(state__in=(ApplicationState.DRAFT, ApplicationState.RETURNED))
    return list(rows.filter(organisation__in=teams).select_related("call").order_by("pk"))


@dataclass(frozen=True)
class Choices:
    """What the queue of a municipality can be filtered by: key and label of each."""

    pools: list[tuple[int, str]]
    calls: list[tuple[int, str]]
    stages: list[tuple[int, str]]
    districts: list[tuple[int, str]]


def choices_in(municipality: Municipality) -> Choices:
    """The pools and calls that have been applied to, their stages, and the municipality's districts."""
    sent_to = Call.objects.filter(pool__municipality=municipality).exclude(state=CallState.DRAFT)
    calls = list(sent_to.select_related("pool").order_by("pool__sort_key", "-opens", "pk"))
    stages = Stage.objects.filter(rules__pool__municipality=municipality).select_related("rules__pool")
    return Choices(
        list({call.pool_id: call.pool.label for call in calls}.items()),
        [(call.pk, f"{call.pool.label}: {call.label}") for call in calls],
        [(stage.pk, stage.label) for stage in stages.order_by("rules__pool__sort_key", "rules", "number")],
        [(one.pk, one.name) for one in District.objects.filter(municipality=municipality).order_by("sort_key", "pk")],
    )
