from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "fyrtaarn.effects"
    label = "effects"

    def ready(self) -> None:
        from . import administration, personal  # noqa: F401 - each registers what it declares
