from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "fyrtaarn.replies"
    label = "replies"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - it says what is held of people
