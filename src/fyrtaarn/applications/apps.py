from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "fyrtaarn.applications"
    label = "applications"

    def ready(self) -> None:
        from django.urls import reverse

        from fyrtaarn.foundation.files import register_file_rule
        from fyrtaarn.pools.applying import apply_at

        from . import calls, growing, notices, overview, personal  # noqa: F401 - each registers what it declares
        from .models import Application
        from .rules import may_see

        register_file_rule(Application, may_see)
        apply_at.append(lambda call: reverse("applications:begin", args=[call.pk]))
