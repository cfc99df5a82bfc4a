from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "fyrtaarn.entrance"
    label = "entrance"

    def ready(self) -> None:
        from . import administration, answers, files, growing, journal, notices, overview, personal  # noqa: F401 - each registers
