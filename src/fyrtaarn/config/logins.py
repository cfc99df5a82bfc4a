"""Is this process connected as a login that the database keeps within bounds?"""

from django.conf import settings
from django.db import connection

from .environment import ConfigurationError

POWERS = """
    SELECT rolname,
           rolsuper,
           rolbypassrls,
           EXISTS (SELECT FROM pg_class WHERE relname = 'django_migrations' AND pg_has_role(rolname, relowner, 'MEMBER'))
    FROM pg_roles
    WHERE rolname = coalesce(nullif(%s, ''), current_user)
"""


def powers_of(login: str = "") -> list[str]:
    """What a login, by default our own, may do that only the owner shall; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(POWERS, [login])
        found = cursor.fetchone()
    if found is None:
        return [f"`{login}` does not exist"]
    name, *powers = found
    said = ("is a superuser", "bypasses row-level security", "owns the tables")
    return [f"`{name}` {what}" for what, has in zip(said, powers, strict=True) if has]


def refuse_powerful_login() -> None:
    """In production, raise ConfigurationError when the process's login is not kept within bounds by the database."""
    if settings.DEMO:
        return
    powers = powers_of()
    if powers:
        raise ConfigurationError(
            f"Fyrtårn cannot start:\n  - The database's login may too much: {' and '.join(powers)}. Give the web processes"
            " and the worker logins of their own (docs/operators)."
        )
