from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "fyrtaarn.portal"
    label = "portal"

    def ready(self) -> None:
        from . import dialogues, files, importing, listing, notices, overview  # noqa: F401 - each registers what it declares
