from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "fyrtaarn.listings"
    label = "listings"

    def ready(self) -> None:
        from . import notices, organisations, personal, words  # noqa: F401 - they register their kinds and what they do
