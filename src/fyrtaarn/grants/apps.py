from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "fyrtaarn.grants"
    label = "grants"

    def ready(self) -> None:
        from fyrtaarn.foundation.files import register_file_rule

        from . import administration, agreeing, journal, notices, overview, personal, stages  # noqa: F401 - what they declare is known from here on
        from .deciding import declared  # noqa: F401 - what decisions declare
        from .models import Instalment
        from .rules import may_open_file
        from .terms import declared as terms_declared  # noqa: F401 - what terms over several years declare

        register_file_rule(Instalment, may_open_file)
