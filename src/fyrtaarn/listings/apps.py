from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "fyrtaarn.listings"
    label = "listings"
