"""The tile on the administrator's start page, and the way there for a data officer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.administration import Tile, register
from fyrtaarn.foundation.overview import OverviewItem, Section, provider
from fyrtaarn.people.models import RoleKind, User

register(
    Tile(
        _("Personal data"),
        _("The record of processing, what has been kept long enough, and requests for access."),
        "privacy:processing",
        order=90,
    )
)


@provider
def data_to_look_after(user: User) -> Iterator[OverviewItem]:
    """A data officer's own pages, one for each municipality."""
    for role in user.current_roles:
        if role.kind == RoleKind.DATA_OFFICER and role.municipality.open:
            path = reverse("privacy:due", args=[role.municipality.slug])
            why = _("Record, retention and requests for access")
            yield OverviewItem(Section.MINE, f"{_('Personal data')}: {role.municipality.label}", path, why)
