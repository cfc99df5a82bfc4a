from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "fyrtaarn.demo"
    label = "demo"
