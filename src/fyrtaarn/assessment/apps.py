from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "fyrtaarn.assessment"
    label = "assessment"
