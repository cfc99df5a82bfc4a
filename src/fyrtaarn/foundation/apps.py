from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "fyrtaarn.foundation"
    label = "foundation"

    def ready(self) -> None:
        from . import personal  # noqa: F401 - it says what is held of people
        from .logins import after_migration

        post_migrate.connect(after_migration, sender=self)
