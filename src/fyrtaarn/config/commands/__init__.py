"""One module a command; each gives a click command named `command`."""

import os


def setup_django() -> None:
    """Make Django and a running database ready for a command."""
    from fyrtaarn.config.database import ensure_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fyrtaarn.config.settings")
    ensure_database()
    import django

    from fyrtaarn.config.logs import set_up_logs

    django.setup()
    set_up_logs()
