"""What the pages read: a person's dialogues, what waits in them, one dialogue's messages and files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.rules import require_found
from fyrtaarn.listings.matches import matches_for
from fyrtaarn.listings.models import Audience, Listing, Side
from fyrtaarn.listings.search import Hit
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.models import User

from .kinds import has_as_contact
from .models import TALKING_STATES, Meeting, MeetingSide, MeetingState, Message, Reading
from .rules import NOT_A_PARTY
from .standing import Standing, standing_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Marks(TypedDict):
        """What a person's list of dialogues knows besides: her side, and how many messages she has not read."""

        mine: str
        unread: int

    Dialogue = WithAnnotations[Meeting, Marks]

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MOST_COMPARED = 50
WITH_PARTIES = ("sought", "offered", "department", "organisation", "municipality")

WAITS_FOR_ME = (Q(state=MeetingState.PROPOSED) & ~Q(opened_by=F("mine"))) | (
    Q(state__in=TALKING_STATES) & ~Q(latest_side=F("mine"))
)


@dataclass(frozen=True)
class Said:
    """A message with its files, as one of the parties sees it."""

    message: Message
    files: list[StoredFile]
    mine: bool


def dialogues_of(user: User) -> "QuerySet[Dialogue]":
    """The dialogues to which the person belongs, latest first; see rules.sides_of for who belongs.

    Annotated with `mine` (her side) and `unread` (how many messages of the other side she has not read).
    """
    municipal = _on_municipal_side(user, standing_of(user))
    found = Meeting.objects.filter(municipal | Q(organisation__in=standing_of(user).organisations))
    return found.select_related(*WITH_PARTIES).annotate(mine=_side(municipal)).annotate(unread=_unread(user))


def waiting_for(user: User) -> "QuerySet[Dialogue]":
    """The person's dialogues in which the other side waits for hers."""
    return dialogues_of(user).filter(WAITS_FOR_ME)


def meeting_with_parties(pk: int) -> Meeting:
    """One dialogue with what its page shows of the parties. Raises Refused where the reader's database has none."""
    return require_found(Meeting.objects.select_related(*WITH_PARTIES).filter(pk=pk).first(), NOT_A_PARTY)


def said_in(meeting: Meeting, side: MeetingSide, *, after: int = 0) -> list[Said]:
    """The dialogue's messages in order, with their files, as `side` sees them; those later than `after` (a key)."""
    messages = list(meeting.messages.filter(pk__gt=after).select_related("author"))
    files = files_of_each(messages)
    return [Said(message, files[message.pk], message.side == side) for message in messages]


def unread_in(meeting: Meeting, user: User, said: list[Said]) -> bool:
    """Whether the person has not read some of these messages of the other side."""
    until = Reading.objects.filter(meeting=meeting, user=user).values_list("until", flat=True).first() or LONG_AGO
    return any(each.message.created > until for each in said if not each.mine)


def listings_with_teams(keys: Iterable[int]) -> dict[int, Listing]:
    """Listings by primary key, each with whether its organisation has a team here."""
    team = Membership.objects.current().filter(organisation=OuterRef("organisation"))
    rows = Listing.objects.select_related("municipality", "organisation").annotate(read_has_team=Exists(team))
    return {listing.pk: listing for listing in rows.filter(pk__in=list(keys))}


def meeting_between(sought: Listing, offered: Listing) -> Meeting | None:
    """The pair's dialogue, if they have one."""
    return Meeting.objects.select_related(*WITH_PARTIES).filter(sought=sought, offered=offered).first()


def fit_of(user: User, sought: Listing, offered: Listing) -> Hit | None:
    """Why the two fit each other, where they are among each other's best matches."""
    found = matches_for(sought, user, most=MOST_COMPARED)
    return next((hit for hit in found if hit.listing.pk == offered.pk), None)


def counterparts(user: User, listing: Listing) -> QuerySet[Listing]:
    """What the person can bring into a dialogue about the listing: her own side's listings that can be found."""
    wanted = Side.OFFERED if listing.side == Side.SOUGHT else Side.SOUGHT
    standing = standing_of(user)
    open_ones = Listing.objects.filter(side=wanted, ended=None).exclude(audience=Audience.OWNERS)
    if listing.organisation_id is None:
        return open_ones.filter(organisation__in=standing.organisations).order_by("title", "pk")
    contact = has_as_contact(user, "") & Q(municipality__in=standing.employed_in)
    own = (
        Q(departments__overlap=list(standing.departments))
        | Q(municipality__in=standing.whole_municipalities | standing.administers)
        | contact
    )
    return open_ones.filter(own, organisation=None).order_by("title", "pk")


def _on_municipal_side(user: User, standing: Standing) -> Q:
    """Condition by columns of the dialogue itself, so that indexes lead to the rows, however many others there are."""
    belongs = Q(department__in=standing.departments) | Q(municipality__in=standing.whole_municipalities)
    if standing.departments or standing.employed_in:
        own = _municipal_listings(user, standing)
        belongs |= _is_one_of("sought", own) | _is_one_of("offered", own)
    opened = Q(opener=user, municipality__in=standing.administers)
    asked_for_department = Q(sought__organisation=None, opened_by=MeetingSide.SOUGHT) | Q(
        offered__organisation=None, opened_by=MeetingSide.OFFERED
    )
    return belongs | (opened & asked_for_department)


def _is_one_of(name: str, rows: QuerySet[Any]) -> Q:
    """The same as IN, but the rows are read once and looked up by an index, where IN compares all dialogues with them."""
    sides = (F(name), ArraySubquery(rows.order_by().values("pk")))
    return Q(Func(*sides, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=BooleanField()))


def _municipal_listings(user: User, standing: Standing) -> QuerySet[Listing]:
    """The listings of departments for which she speaks, and those that name her as their contact."""
    contact = has_as_contact(user, "") & Q(municipality__in=standing.employed_in)
    own = Q(departments__overlap=list(standing.departments)) | contact
    return Listing.objects.filter(own, organisation=None)


def _side(municipal: Q) -> Case:
    seeks = Q(sought__organisation=None)
    sought, offered = Value(MeetingSide.SOUGHT.value), Value(MeetingSide.OFFERED.value)
    return Case(
        When(municipal & seeks, then=sought),
        When(municipal, then=offered),
        When(seeks, then=offered),
        default=sought,
        output_field=CharField(),
    )


def _unread(user: User) -> Any:
    read = Reading.objects.filter(meeting=OuterRef("meeting"), user=user).values("until")[:1]
    unread = (
        Message.objects.filter(meeting=OuterRef("pk"))
        .exclude(side=OuterRef("mine"))
        .filter(created__gt=Coalesce(Subquery(read), Value(LONG_AGO), output_field=DateTimeField()))
        .order_by()
        .values("meeting")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(unread), 0)
