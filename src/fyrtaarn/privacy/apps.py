from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "fyrtaarn.privacy"
    label = "privacy"

    def ready(self) -> None:
        from . import administration, notices, personal, places  # noqa: F401 - each registers what it declares
