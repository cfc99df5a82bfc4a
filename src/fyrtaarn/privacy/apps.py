from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "fyrtaarn.privacy"
    label = "privacy"

    def ready(self) -> None:
        from . import notices, personal  # noqa: F401 - each registers what it declares
