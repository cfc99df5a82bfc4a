from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "fyrtaarn.topics"
    label = "topics"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - it says what is held of people
