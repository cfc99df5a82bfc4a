"""The entrance's tile on the administrator's start page."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.administration import Tile, register

register(
    Tile(
        _("The entrance"),
        _("What people can ask about, who answers, and how soon."),
        "entrance:settings",
        order=50,
    )
)
