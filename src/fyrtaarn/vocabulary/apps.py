from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "fyrtaarn.vocabulary"
    label = "vocabulary"

    def ready(self) -> None:
        from . import administration, notices, overview  # noqa: F401 - each registers what it declares
