from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fyrtaarn.imports"
    label = "imports"

    def ready(self) -> None:
        from . import notices  # noqa: F401 - makes the kinds known
