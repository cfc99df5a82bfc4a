"""The ambassadors' tile on the administrator's start page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fyrtaarn.areas.administration import Tile, register
from fyrtaarn.areas.models import Municipality

from .queries import departments_without


def missing(municipality: Municipality) -> str:
    """How many departments have no ambassador; empty where all have one."""
    number = departments_without(municipality)
    words = ngettext("%(number)s department has none", "%(number)s departments have none", number)
    return words % {"number": number} if number else ""


register(
    Tile(
        _("Ambassadors"),
        _("Employees who know social economy: ask one in each department."),
        "organisations:ambassadors",
        order=65,
        lacks=missing,
    )
)
