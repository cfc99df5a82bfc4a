from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OperationsConfig(AppConfig):
    name = "fyrtaarn.operations"
    label = "operations"

    def ready(self) -> None:
        from . import overview, security_events, slow_queries  # noqa: F401 - the first two register what they declare

        connection_created.connect(slow_queries.watch)
