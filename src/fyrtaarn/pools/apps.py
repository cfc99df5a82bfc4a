from django.apps import AppConfig


class PoolsConfig(AppConfig):
    name = "fyrtaarn.pools"
    label = "pools"

    def ready(self) -> None:
        from . import listing, notices, overview, personal  # noqa: F401 - each registers what it declares
