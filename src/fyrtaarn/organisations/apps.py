from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "fyrtaarn.organisations"
    label = "organisations"

    def ready(self) -> None:
        from . import acting, administration, importing, journal, notices, personal  # noqa: F401 - each registers what it declares
