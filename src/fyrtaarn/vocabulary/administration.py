"""The search room's tile on the administrator's start page."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.administration import Tile, register

register(
    Tile(
        _("Searches that led nowhere"),
        _("See what people look for in vain, and propose words that lead them there."),
        "vocabulary:municipal-questions",
        order=80,
    )
)
