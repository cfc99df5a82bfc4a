from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "fyrtaarn.listings"
    label = "listings"

    def ready(self) -> None:
        from . import organisations  # noqa: F401 - registers its kind
