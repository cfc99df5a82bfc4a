"""Introductions as those in charge and as the parties see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from fyrtaarn.agreements.models import PUBLIC_STATES, Agreement
from fyrtaarn.areas.models import Department, District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from ..models import (
    CLOSED_STATES,
    OPEN_STATES,
    Answer,
    Appointment,
    Asking,
    IntroducedParty,
    Introduction,
    IntroductionState,
)
from ..rules import VOICES, PartyOf

MOST_CLOSED = 20
MOST_OPEN = 200
MOST_FOUND = 8
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Contact:
    """A person whom the others may write to, and for whom she has said yes."""

    party: str
    person: User


@dataclass(frozen=True)
class BoardCard:
    """An introduction on the board, with what its answers ask of the community manager."""

    introduction: Introduction
    parties: list[str]
    yes: int
    no: int
    due: bool

    @property
    def asked(self) -> int:
        return len(self.parties)


@dataclass(frozen=True)
class BoardColumn:
    """The introductions in one state; those that are over share the last column."""

    label: str
    cards: list[BoardCard]


def board_of(district: District) -> list[BoardColumn]:
    """The district's introductions by state, the open ones and the latest that are over."""
    own = Introduction.objects.filter(district=district)
    latest = own.filter(state__in=CLOSED_STATES).order_by("-closed", "-pk")[:MOST_CLOSED]
    shown = own.filter(Q(state__in=OPEN_STATES) | Q(pk__in=latest.values("pk"))).order_by("-created", "-pk")
    cards = [_card(one) for one in _with_parties(shown)[: MOST_OPEN + MOST_CLOSED]]
    columns = [
        BoardColumn(str(state.label), [card for card in cards if card.introduction.state == state])
        for state in OPEN_STATES
    ]
    over = [card for card in cards if card.introduction.state in CLOSED_STATES]
    return [*columns, BoardColumn("", over)]


def _with_parties(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    parties = IntroducedParty.objects.select_related("department", "organisation", "person", "asking")
    return rows.prefetch_related(Prefetch("parties", parties.order_by("pk")))


def _card(introduction: Introduction) -> BoardCard:
    parties = list(introduction.parties.all())
    answers = [party.asking.answer for party in parties]
    return BoardCard(
        introduction,
        [str(party) for party in parties],
        answers.count(Answer.YES),
        answers.count(Answer.NO),
        introduction.follow_up is not None and introduction.follow_up <= clock.today(),
    )


def due_for(charges: Collection[Appointment]) -> QuerySet[Introduction]:
    """The introductions to be followed up by now on these boards."""
    due = Introduction.objects.filter(
        follow_up__lte=clock.today(), district__in=[charge.district_id for charge in charges]
    )
    return due.select_related("district__municipality").order_by("follow_up", "pk")


def whole_askings() -> QuerySet[Asking]:
    """Askings with what rules and pages read of them."""
    return Asking.objects.select_related(
        "introduction__district__municipality",
        "introduction__created_by",
        "introduction__meeting",
        "party__department",
        "party__organisation",
        "party__person",
        "answered_by",
    )


def askings_of(user: User) -> QuerySet[Asking]:
    """What the person is asked herself or answers for others, the latest first; not yet sent ones left out."""
    departments = [role.department_id for role in user.current_roles if role.kind in VOICES]
    organisations = [membership.organisation_id for membership in memberships_of(user)]
    mine = Q(party__department__in=departments) | Q(party__organisation__in=organisations) | Q(party__person=user.pk)
    sent = whole_askings().filter(mine).exclude(introduction__state=IntroductionState.DRAFT)
    return sent.order_by("-introduction__proposed", "-pk")


def others_in(asking: Asking) -> list[IntroducedParty]:
    """The other parties, persons among them only once all have said yes."""
    others = IntroducedParty.objects.filter(introduction=asking.introduction_id).exclude(pk=asking.party_id)
    if not asking.introduction.is_known:
        others = others.filter(person=None)
    return list(others.select_related("department__municipality", "organisation", "person").order_by("pk"))


def contacts_of(introduction: Introduction) -> list[Contact]:
    """Those who have said yes and let the others see how to reach them; nobody before all have said yes.

    An errand of the database, for a party cannot read what the others were told.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT party, person FROM errand.contacts_of_introduction(%s)", [introduction.pk])
        rows = cursor.fetchall()
    if not rows:
        return []
    people = User.objects.in_bulk([person for _party, person in rows])
    whole = IntroducedParty.objects.select_related("department", "organisation", "person")
    parties = whole.in_bulk([party for party, _person in rows])
    return [Contact(str(parties[party]), people[person]) for party, person in rows]


def find_parties(municipality: Municipality, name: str) -> list[PartyOf]:
    """Departments of the municipality and organisations whose name holds the text, or the person with the address."""
    wanted = name.strip()
    if "@" in wanted:
        return list(User.objects.filter(email=wanted.lower(), is_active=True, emailaddress__verified=True).distinct())
    if len(wanted) < SHORTEST_NAME:
        return []
    departments = Department.objects.current().filter(municipality=municipality, name__icontains=wanted)
    organisations = Organisation.objects.filter(closed=None, sort_key__contains=danish_key(wanted))
    nearest = organisations.select_related("home").order_by("sort_key", "pk")
    return [*departments.order_by("sort_key", "pk")[:MOST_FOUND], *nearest[:MOST_FOUND]]


def party_named(key: str, found: Iterable[PartyOf]) -> PartyOf | None:
    """The one that a form names, among those that were found."""
    return next((party for party in found if key_of(party) == key), None)


def key_of(party: PartyOf) -> str:
    """How a form names a party."""
    return f"{type(party).__name__.lower()}-{party.pk}"


def agreements_for(introduction: Introduction) -> QuerySet[Agreement]:
    """The agreements that everybody may see and in which one of the parties takes part."""
    parties = introduction.parties.order_by()
    either = Q(parties__department__in=parties.exclude(department=None).values("department")) | Q(
        parties__organisation__in=parties.exclude(organisation=None).values("organisation")
    )
    shown = Agreement.objects.filter(either, public=True, state__in=PUBLIC_STATES)
    return shown.distinct().order_by("-created", "-pk")
