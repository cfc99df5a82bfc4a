from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "fyrtaarn.site"
    label = "site"
