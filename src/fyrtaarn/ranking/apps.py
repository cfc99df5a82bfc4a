from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "fyrtaarn.ranking"
    label = "ranking"

    def ready(self) -> None:
        from . import personal, sections  # noqa: F401 - each registers what it declares
