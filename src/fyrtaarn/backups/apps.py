from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "fyrtaarn.backups"
    label = "backups"
