from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "fyrtaarn.ranking"
    label = "ranking"

    def ready(self) -> None:
        from . import sections  # noqa: F401 - it registers the section
