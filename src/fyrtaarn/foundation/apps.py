from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "fyrtaarn.foundation"
    label = "foundation"
