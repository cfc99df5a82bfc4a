from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "fyrtaarn.grants"
    label = "grants"

    def ready(self) -> None:
        from . import notices, overview, personal, stages  # noqa: F401 - what they declare is known from here on
        from .deciding import declared  # noqa: F401 - what decisions declare
