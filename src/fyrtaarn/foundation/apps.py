from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "fyrtaarn.foundation"
    label = "foundation"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - it says what is held of people
