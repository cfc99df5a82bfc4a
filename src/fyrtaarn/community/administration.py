"""The tile on the administrator's start page."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.administration import Tile, register

register(
    Tile(_("Community managers"), _("Who brings people together in which district."), "community:appointments", 35)
)
