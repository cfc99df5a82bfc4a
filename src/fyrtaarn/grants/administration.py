"""The tile of state aid on the administrator's start page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fyrtaarn.areas.administration import Tile, register
from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock

from .aid import RATE_IS_OLD_AFTER
from .models import EuroRate


def lacks_rate(municipality: Municipality) -> str:
    """Whether no rate has been noted for a month, in words."""
    fresh = EuroRate.objects.filter(day__gte=clock.today() - RATE_IS_OLD_AFTER).exists()
    return "" if fresh else _("The euro rate is old")


register(
    Tile(
        gettext_lazy("State aid"),
        gettext_lazy("The ceilings and the euro rates that grants are counted by."),
        "grants:aid-values",
        order=75,
        lacks=lacks_rate,
    )
)
