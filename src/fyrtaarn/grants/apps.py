from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "fyrtaarn.grants"
    label = "grants"
