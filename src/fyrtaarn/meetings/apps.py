from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "fyrtaarn.meetings"
    label = "meetings"
