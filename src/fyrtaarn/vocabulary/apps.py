from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "fyrtaarn.vocabulary"
    label = "vocabulary"

    def ready(self) -> None:
        from . import administration, notices, overview, personal  # noqa: F401 - each registers what it declares
