from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "fyrtaarn.council"
    label = "council"

    def ready(self) -> None:
        from . import files, journal, notices, overview, personal  # noqa: F401 - what they declare is known from here on
