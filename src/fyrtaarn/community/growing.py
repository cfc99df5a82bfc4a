"""Introductions grow of words that somebody has written elsewhere, as drafts on a district's board."""

from collections.abc import Iterable
from uuid import uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.listings.growing import GrowingKind, Grown, Option, Seed, register
from fyrtaarn.people.models import User

from . import actions, rules
from .models import Introduction, IntroductionState
from .notices import introduction_path


def options(user: User, seed: Seed) -> list[Option]:
    """A draft on each board in the municipality that she works on today."""
    return [
        Option(str(charge.district_id), _("A draft of an introduction in %(district)s") % {"district": charge.district})
        for charge in rules.charges_of(user)
        if charge.district.municipality_id == seed.municipality.pk
    ]


def grow(user: User, seed: Seed, option: str) -> int:
    """Begin it with the organisation as the first party, reminded of what it has asked; once a district."""
    district = next((one.district for one in rules.charges_of(user) if str(one.district_id) == option), None)
    if district is None:
        raise Refused(rules.NOT_IN_CHARGE)
    introduction = actions.begin(user, district, uuid5(seed.key, f"introduction-{district.pk}"), seed.title)
    asker = seed.organisation
    if asker is not None and introduction.state == IntroductionState.DRAFT and rules.voices(asker):
        actions.add_party(user, introduction, asker, _("You have asked: %(question)s") % {"question": seed.title})
    return introduction.pk


def shown(user: User, keys: Iterable[int]) -> dict[int, Grown]:
    rows = Introduction.objects.select_related("district__municipality").filter(pk__in=list(keys)).order_by("pk")
    return {
        introduction.pk: Grown(gettext_lazy("Introduction"), introduction.title, introduction_path(introduction))
        for introduction in rows
        if rules.may_handle(user, introduction)
    }


register(GrowingKind("introduction", options, grow, shown))
