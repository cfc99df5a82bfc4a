from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "fyrtaarn.applications"
    label = "applications"
