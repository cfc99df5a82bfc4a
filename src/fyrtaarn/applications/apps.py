from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "fyrtaarn.applications"
    label = "applications"

    def ready(self) -> None:
        from django.urls import reverse

        from fyrtaarn.foundation.files import register_file_rule
        from fyrtaarn.pools.applying import apply_at, handle_at

        from . import calls, growing, journal, notices, overview, personal  # noqa: F401 - each registers what it declares
        from .models import Application
        from .paths import queue_path
        from .rules import may_see

        register_file_rule(Application, may_see)
        apply_at.append(lambda call: reverse("applications:begin", args=[call.pk]))
        handle_at.append(queue_path)
