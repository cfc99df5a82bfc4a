from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "fyrtaarn.areas"
    label = "areas"
