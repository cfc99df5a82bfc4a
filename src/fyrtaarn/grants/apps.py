from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "fyrtaarn.grants"
    label = "grants"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - what it declares is known from here on
