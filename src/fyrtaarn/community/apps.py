from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "fyrtaarn.community"
    label = "community"

    def ready(self) -> None:
        from . import administration, growing, journal, notices, overview, personal  # noqa: F401 - each registers
