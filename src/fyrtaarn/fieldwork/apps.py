from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "fyrtaarn.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from . import growing, journal, notices, overview, personal  # noqa: F401 - what they declare is known from here on
