from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "fyrtaarn.topics"
    label = "topics"
