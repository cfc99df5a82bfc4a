from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "fyrtaarn.applications"
    label = "applications"

    def ready(self) -> None:
        from fyrtaarn.foundation.files import register_file_rule

        from . import growing, notices, overview, personal  # noqa: F401 - each registers what it declares
        from .models import Application
        from .rules import may_see

        register_file_rule(Application, may_see)
