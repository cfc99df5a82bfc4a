from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "fyrtaarn.portal"
    label = "portal"

    def ready(self) -> None:
        from . import dialogues, files, growing, importing, journal, listing, notices, overview, personal  # noqa: F401 - each registers
