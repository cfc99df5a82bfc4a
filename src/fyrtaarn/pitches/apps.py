from django.apps import AppConfig


class PitchesConfig(AppConfig):
    name = "fyrtaarn.pitches"
    label = "pitches"

    def ready(self) -> None:
        from . import journal, notices, overview, personal, profile  # noqa: F401 - each registers what it declares
