"""The imports' tile on the administrator's start page."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.administration import Tile, register

register(
    Tile(
        _("Import from a workbook"),
        _("Challenges, solutions and organisations from Excel or CSV."),
        "imports:municipal-start",
        order=70,
    )
)
