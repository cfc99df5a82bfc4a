"""What is stored, in short: a digest of every table, the files that are kept, and the mails that were sent."""

from pathlib import Path

from django.conf import settings
from django.core import mail
from django.db import connection

# May change although an act is refused: attempts that are counted, and the session of who asks
BESIDE_THE_ACT = {"foundation_sharedvalue", "django_session"}
DIGEST = """SELECT '{name}', count(*) || ':' || coalesce(sum(hashtextextended(kept::text, 0)::numeric), 0)
 FROM "{name}" kept"""


class Keeper:
    """Remembers what is stored, and says what has changed since."""

    def __init__(self) -> None:
        tables = sorted(set(connection.introspection.table_names()) - BESIDE_THE_ACT)
        self._question = " UNION ALL ".join(DIGEST.format(name=table) for table in tables)
        self.remember()

    def remember(self) -> None:
        """Take what is stored now as that which nothing may change."""
        self._files = files()
        self._stored = self.look()

    def look(self) -> dict[str, str]:
        """The digest of every table."""
        with connection.cursor() as cursor:
            cursor.execute(self._question)
            return dict(cursor.fetchall())

    def changed(self) -> set[str]:
        """The names of what is other than it was remembered."""
        now = self.look()
        tables = {name for name, digest in self._stored.items() if now[name] != digest}
        return tables | ({"files"} if files() != self._files else set()) | ({"mail"} if mail.outbox else set())

    def tidy(self) -> None:
        """Take away the files and mails of what was rolled back."""
        for path in files() - self._files:
            path.unlink()
        mail.outbox.clear()


def files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
