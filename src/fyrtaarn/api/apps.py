from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "fyrtaarn.api"
    label = "api"
