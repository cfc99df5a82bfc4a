from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "fyrtaarn.assessment"
    label = "assessment"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - what it declares is known from here on
