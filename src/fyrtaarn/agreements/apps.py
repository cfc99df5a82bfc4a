from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "fyrtaarn.agreements"
    label = "agreements"

    def ready(self) -> None:
        from . import journal, notices, outcomes, overview, personal  # noqa: F401 - what they declare is known from here on
