from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "fyrtaarn.agreements"
    label = "agreements"
