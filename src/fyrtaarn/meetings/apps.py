from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "fyrtaarn.meetings"
    label = "meetings"

    def ready(self) -> None:
        from . import answers, files, growing, journal, notices, overview, personal  # noqa: F401 - what they declare is known from here on
