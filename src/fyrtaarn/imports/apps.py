from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fyrtaarn.imports"
    label = "imports"
