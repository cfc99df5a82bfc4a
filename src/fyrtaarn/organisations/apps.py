from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "fyrtaarn.organisations"
    label = "organisations"

    def ready(self) -> None:
        from . import acting, administration, importing, journal, notices, personal  # noqa: F401 - each registers what it declares
        from .ambassadors import administration as ambassadors  # noqa: F401
        from .ambassadors import notices as told  # noqa: F401
        from .ambassadors import overview  # noqa: F401
