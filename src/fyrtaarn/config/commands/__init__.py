"""One module a command; each gives a click command named `command`."""

import os

from fyrtaarn.config.database import Login


def setup_django(login: Login = Login.OWNER) -> None:
    """Make Django and a running database ready for a command, connected as `login`."""
    from fyrtaarn.config.database import connect_as, ensure_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fyrtaarn.config.settings")
    ensure_database()
    connect_as(login)
    import django

    from fyrtaarn.config.logs import set_up_logs

    django.setup()
    set_up_logs()
