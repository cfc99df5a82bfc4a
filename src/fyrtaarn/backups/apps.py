from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "fyrtaarn.backups"
    label = "backups"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - it says what is held of people
