from django.apps import AppConfig


class PoolsConfig(AppConfig):
    name = "fyrtaarn.pools"
    label = "pools"
