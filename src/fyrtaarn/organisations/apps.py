from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "fyrtaarn.organisations"
    label = "organisations"

    def ready(self) -> None:
        from . import notices  # noqa: F401 - makes the kinds known
