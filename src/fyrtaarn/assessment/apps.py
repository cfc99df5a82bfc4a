from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "fyrtaarn.assessment"
    label = "assessment"

    def ready(self) -> None:
        from fyrtaarn.applications.rules import FURTHER_READERS

        from . import notices, overview, personal  # noqa: F401 - what they declare is known from here on
        from .rules import may_read

        FURTHER_READERS.append(may_read)
