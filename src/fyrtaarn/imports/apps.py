from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fyrtaarn.imports"
    label = "imports"

    def ready(self) -> None:
        from . import administration, notices, personal  # noqa: F401 - each registers what it declares
