from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "fyrtaarn.demo"
    label = "demo"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - it says what is held of people
