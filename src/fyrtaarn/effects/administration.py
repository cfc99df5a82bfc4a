"""The tile for wanted effects on the administrator's start page."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.administration import Tile, register

register(
    Tile(
        _("Effects that we want"),
        _("Choose what you want to come of it. It shows on your pages and on challenges that it has to do with."),
        "effects:wanted-choose",
        order=67,
    )
)
