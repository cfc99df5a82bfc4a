"""Dialogues grow of words that somebody has written elsewhere, when both parties have something listed."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.listings.growing import GrowingKind, Grown, Option, Seed, register
from fyrtaarn.listings.models import Listing, Side
from fyrtaarn.people.models import User

from . import actions, rules
from .models import Meeting
from .notices import path_of

MOST_OFFERED = 10


def options(user: User, seed: Seed) -> list[Option]:
    """Each pair of what the municipality seeks and what the organisation offers that she may bring together."""
    return [
        Option(
            f"{sought.pk}-{offered.pk}",
            _("A dialogue about “%(sought)s” and “%(offered)s”") % {"sought": sought.title, "offered": offered.title},
        )
        for sought, offered in _pairs(user, seed)
    ]


def _pairs(user: User, seed: Seed) -> Iterator[tuple[Listing, Listing]]:
    """What the seed is about and what has grown of it, with what the organisation offers."""
    grown = Q(pk__in=[])
    for kind, subject in seed.grown:
        grown |= Q(kind=kind, subject_id=subject)
    about = Q(pk=seed.about.pk) if seed.about else Q(pk__in=[])
    offers = Q(organisation=seed.organisation, side=Side.OFFERED) if seed.organisation else Q(pk__in=[])
    rows = Listing.objects.select_related("municipality", "organisation").filter(grown | about | offers, ended=None)
    found = list(rows.order_by("-published", "pk")[:MOST_OFFERED])
    for sought in (one for one in found if one.side == Side.SOUGHT):
        for offered in (one for one in found if one.side == Side.OFFERED):
            if rules.may_open(user, sought, offered):
                yield sought, offered


def grow(user: User, seed: Seed, option: str) -> int:
    """Open the dialogue with the words as its first message."""
    pair = next((each for each in _pairs(user, seed) if f"{each[0].pk}-{each[1].pk}" == option), None)
    if pair is None:
        raise Refused(_("Choose one of the dialogues that are offered."))
    existing = Meeting.objects.filter(sought=pair[0], offered=pair[1]).first()
    return existing.pk if existing else actions.open_meeting(user, *pair, seed.text).pk


def shown(user: User, keys: Iterable[int]) -> dict[int, Grown]:
    rows = Meeting.objects.select_related("sought", "offered").filter(pk__in=list(keys)).order_by("pk")
    return {
        meeting.pk: Grown(
            gettext_lazy("Dialogue"), f"{meeting.sought.title} – {meeting.offered.title}", path_of(meeting)
        )
        for meeting in rows
        if rules.may_see(user, meeting)
    }


register(GrowingKind("dialogue", options, grow, shown))
