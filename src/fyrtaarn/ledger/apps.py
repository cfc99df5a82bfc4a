from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "fyrtaarn.ledger"
    label = "ledger"

    def ready(self) -> None:
        from . import personal, rights  # noqa: F401 - what they declare is known from here on
