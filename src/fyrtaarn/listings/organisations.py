"""How organisations appear in search: their room lies below this one, so their kind is registered here."""

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fyrtaarn.organisations.listing import follow
from fyrtaarn.organisations.models import Membership, Organisation
from fyrtaarn.people.models import User

from .actions import publish
from .models import Side
from .registry import ListingFacts, ListingKind, register


def describe(organisation: Organisation) -> ListingFacts | None:
    """An organisation's facts; None once it has closed."""
    if organisation.closed is not None:
        return None
    with translation.override("da"):
        kind = str(organisation.get_kind_display())
    return ListingFacts(
        title=organisation.name,
        text="\n".join(part for part in (organisation.what, organisation.for_whom) if part),
        path=f"/organisationer/{organisation.slug}/",
        municipality=organisation.home,
        published=organisation.created,
        organisation=organisation,
        organisation_type=kind,
        language=organisation.language,
        districts=tuple(district.pk for district in organisation.districts.all()),
        themes=tuple(theme.pk for theme in organisation.themes.all()),
        target_groups=tuple(group.pk for group in organisation.target_groups.all()),
        goals=tuple(goal.pk for goal in organisation.goals.all()),
        latitude=organisation.latitude,
        longitude=organisation.longitude,
    )


def subjects() -> QuerySet[Organisation]:
    """All organisations with what their facts need."""
    return Organisation.objects.select_related("home").prefetch_related("districts", "themes", "target_groups", "goals")


def holders(organisation: Organisation) -> QuerySet[User]:
    """The organisation's team today."""
    return User.objects.filter(
        is_active=True, memberships__in=Membership.objects.current().filter(organisation=organisation)
    ).order_by("pk")


register(
    ListingKind(
        key="organisation",
        side=Side.ABOUT,
        model=Organisation,
        label=_("Organisation"),
        plural=_("Organisations"),
        describe=describe,
        subjects=subjects,
        holders=holders,
    )
)
follow(publish)
