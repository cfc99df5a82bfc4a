"""What the council's pages read."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.listings.models import Audience, Listing, Side
from fyrtaarn.people.models import RoleKind, User

from .models import (
    Advice,
    AdviceProgress,
    AdviceState,
    AgendaProposal,
    AgendaProposalState,
    Council,
    CouncilMeeting,
    CouncilMeetingState,
    CouncilMember,
    MinutesAnswer,
    MinutesState,
    MinutesWording,
    Seat,
)
from .rules import ANSWERING_KINDS

MOST_FOUND = 10


def council_of(municipality: Municipality) -> Council | None:
    council = Council.objects.filter(municipality=municipality).first()
    if council is not None:
        council.municipality = municipality
    return council


def seats_of(council: Council) -> list[Seat]:
    """The seats, each with its terms, the latest first; abolished ones that nobody has sat in are left out."""
    terms = CouncilMember.objects.select_related("user").order_by("-starts", "-pk")
    seats = list(council.seats.prefetch_related(Prefetch("members", terms, to_attr="terms")))
    return [seat for seat in seats if seat.abolished is None or seat.terms]


def current_members(council: Council) -> list[CouncilMember]:
    """Who sits in the council today, by seat."""
    return list(CouncilMember.objects.current().filter(seat__council=council).select_related("user", "seat"))


def meetings_of(council: Council, *, inside: bool) -> QuerySet[CouncilMeeting]:
    """The meetings that the reader may see, the latest first."""
    rows = CouncilMeeting.objects.filter(council=council).select_related("council__municipality")
    return rows if inside else rows.exclude(state=CouncilMeetingState.DRAFT)


def coming_meetings(council: Council) -> QuerySet[CouncilMeeting]:
    """Called meetings that have not ended, the next first."""
    called = CouncilMeeting.objects.filter(council=council, state=CouncilMeetingState.CALLED, ends__gt=clock.now())
    return called.order_by("starts", "pk")


def open_agendas(council: Council) -> QuerySet[CouncilMeeting]:
    """The meetings to whose agenda something can be added, the next first."""
    rows = CouncilMeeting.objects.filter(council=council, starts__gt=clock.now())
    return rows.exclude(state=CouncilMeetingState.CANCELLED).order_by("starts", "pk")


def meeting_of(council: Council, pk: int) -> CouncilMeeting:
    """One meeting of the council. Raises Http404."""
    meeting = get_object_or_404(CouncilMeeting, pk=pk, council=council)
    meeting.council = council
    return meeting


def wordings_of(meeting: CouncilMeeting) -> list[MinutesWording]:
    """All wordings of the minutes that the reader's database shows, the latest first."""
    wordings = list(meeting.wordings.select_related("written_by").order_by("-number"))
    for wording in wordings:
        wording.meeting = meeting
    return wordings


def wording_of(meeting: CouncilMeeting, number: int) -> MinutesWording:
    """One wording. Raises Http404, also where the reader's database does not show it."""
    wording = get_object_or_404(MinutesWording.objects.select_related("written_by"), meeting=meeting, number=number)
    wording.meeting = meeting
    return wording


def answers_to(wording: MinutesWording) -> list[MinutesAnswer]:
    return list(wording.answers.select_related("member__user", "member__seat"))


def proposals_of(council: Council) -> QuerySet[AgendaProposal]:
    """The confirmed proposals, the newest first."""
    rows = AgendaProposal.objects.filter(council=council).exclude(state=AgendaProposalState.UNCONFIRMED)
    return rows.select_related("proposer", "council__municipality")


def proposal_of(council: Council, pk: int) -> AgendaProposal:
    """One proposal. Raises Http404, also where the reader's database does not show it."""
    rows = AgendaProposal.objects.select_related("proposer", "decided_by", "council__municipality", "item__meeting")
    return get_object_or_404(rows, pk=pk, council=council)


def advice_of(council: Council, *, inside: bool) -> QuerySet[Advice]:
    """The advice that the reader may see, each with the latest that has come of it as `course`."""
    latest = AdviceProgress.objects.filter(advice=OuterRef("pk")).order_by("-at", "-pk").values("course")[:1]
    rows = Advice.objects.filter(council=council).select_related("department__municipality", "council__municipality")
    rows = rows.annotate(course=Subquery(latest))
    return rows if inside else rows.exclude(state=AdviceState.DRAFT)


def one_advice(council: Council, pk: int) -> Advice:
    """One piece of advice with what its page shows. Raises Http404."""
    rows = Advice.objects.select_related("department__municipality", "first_department", "meeting", "answered_by")
    progress = AdviceProgress.objects.select_related("by")
    rows = rows.prefetch_related("themes", "goals", Prefetch("progress", progress))
    advice = get_object_or_404(rows, pk=pk, council=council)
    advice.council = council
    return advice


def linked_listings(advice: Advice) -> list[Listing]:
    """What the advice is about, as far as everybody can still see it."""
    return list(advice.listings.filter(audience=Audience.PUBLIC, ended=None).order_by("sort_key", "pk"))


def listings_to_link(advice: Advice, words: str) -> list[Listing]:
    """What is sought in the municipality, open to all, with the words in its title; ten at most."""
    rows = Listing.objects.filter(
        municipality=advice.council.municipality_id, side=Side.SOUGHT, audience=Audience.PUBLIC, ended=None
    )
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return list(rows.exclude(pk__in=advice.listings.order_by().values("pk")).order_by("sort_key", "pk")[:MOST_FOUND])


def departments_to_advise(council: Council) -> QuerySet[Department]:
    return Department.objects.current().filter(municipality=council.municipality_id)


def advised_departments(council: Council) -> QuerySet[Department]:
    """The departments that have been given advice."""
    given = Advice.objects.filter(council=council).exclude(state=AdviceState.DRAFT).order_by()
    return Department.objects.filter(pk__in=given.values("department"))


def held_in(council: Council, year: int) -> QuerySet[CouncilMeeting]:
    """The called meetings that have begun in the year, in Copenhagen's time."""
    first, after = (datetime.combine(date(y, 1, 1), time(), clock.COPENHAGEN) for y in (year, year + 1))
    rows = CouncilMeeting.objects.filter(council=council, state=CouncilMeetingState.CALLED)
    return rows.filter(starts__gte=first, starts__lt=min(after, clock.now())).order_by("starts", "pk")


def years_of(council: Council) -> list[int]:
    """The years in which the council has met or advised, the latest first; this year always."""
    given = Advice.objects.filter(council=council, given__isnull=False).order_by().values_list("given__year", flat=True)
    met = CouncilMeeting.objects.filter(council=council, state=CouncilMeetingState.CALLED, starts__lte=clock.now())
    years = {*given.distinct(), *met.order_by().values_list("starts__year", flat=True).distinct()}
    return sorted({*years, clock.today().year}, reverse=True)


def advice_to_answer(user: User) -> QuerySet[Advice]:
    """Advice that waits for an answer from a department for which the person answers, the most urgent first."""
    roles = [role for role in user.current_roles if role.kind in ANSWERING_KINDS]
    own = Q(department__in=[role.department_id for role in roles])
    rows = Advice.objects.filter(own, state=AdviceState.GIVEN).select_related("council__municipality")
    return rows.order_by("due", "pk")


def advice_left_behind(user: User) -> QuerySet[Advice]:
    """Advice that waits for a department that has ended, in the municipalities whose secretary the person is."""
    here = [role.municipality_id for role in user.current_roles if role.kind == RoleKind.COUNCIL_SECRETARY]
    rows = Advice.objects.filter(state=AdviceState.GIVEN, council__municipality__in=here)
    ended = rows.filter(department__valid_to__lte=clock.today())
    return ended.select_related("council__municipality", "department").order_by("due", "pk")


def minutes_to_answer(user: User) -> QuerySet[MinutesWording]:
    """Minutes that wait for the person's answer."""
    day = F("meeting__starts__date")
    term = Q(meeting__council__seats__members__user=user, meeting__council__seats__members__starts__lte=day)
    still = Q(meeting__council__seats__members__ends=None) | Q(meeting__council__seats__members__ends__gt=day)
    rows = MinutesWording.objects.filter(term & still, state=MinutesState.WAITING)
    return rows.exclude(answers__member__user=user).select_related("meeting__council__municipality").distinct()


def proposals_to_decide(user: Any) -> QuerySet[AgendaProposal]:
    """Proposals that wait for the person as a secretary, the oldest first."""
    here = [role.municipality_id for role in user.current_roles if role.kind == RoleKind.COUNCIL_SECRETARY]
    rows = AgendaProposal.objects.filter(state=AgendaProposalState.WAITING, council__municipality__in=here)
    return rows.exclude(proposer=user).select_related("council__municipality").order_by("created", "pk")
