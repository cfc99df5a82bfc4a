from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fyrtaarn.people"
    label = "people"
