"""The organisations' tile on the administrator's start page."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.administration import Tile, register

register(
    Tile(
        _("Who says that an organisation is theirs?"),
        _("Answer people who ask for an organisation that has no team yet."),
        "organisations:claims",
        order=60,
    )
)
