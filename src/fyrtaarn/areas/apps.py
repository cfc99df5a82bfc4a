from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    name = "fyrtaarn.areas"
    label = "areas"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - it says what is held of people
        from .administration import Tile, register

        register(Tile(_("About the municipality"), _("Name, welcome text and colour."), "areas:municipality-edit", 10))
        register(
            Tile(
                _("Departments"),
                _("Names and duties. What happens when one ends and another takes over."),
                "areas:departments",
                20,
            )
        )
        register(Tile(_("Districts"), _("The parts of the municipality that people name."), "areas:districts", 30))
        register(Tile(_("Local committees"), _("Local committees and councils."), "areas:local-bodies", 40))
