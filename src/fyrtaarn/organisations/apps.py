from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "fyrtaarn.organisations"
    label = "organisations"
