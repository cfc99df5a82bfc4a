"""A primary with a synchronous streaming replica: what is acknowledged lies on both."""

from pathlib import Path

from .installation import Database


class Replica(Database):
    """A copy of a running primary that follows it, and can take its place."""

    name = "replica"

    def __init__(self, primary: Database, folder: Path) -> None:
        self.folder, self.server, self.primary = folder, primary.server, primary
        self.url = primary.url.replace(str(primary.folder), str(folder))
        folder.parent.mkdir()
        folder.parent.chmod(0o777)  # the database's own user writes there
        primary.program(
            "pg_basebackup", "-h", str(primary.folder), "-U", "postgres", "-D", str(folder), "-R", "-c", "fast"
        )
        for left in folder.glob(".s.PGSQL.*"):  # the primary's socket lies in its data folder and is copied along
            left.unlink()
        self.ensure()
        with primary.connect() as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")

    def writable_url(self) -> str:
        """An address that leads to whichever of the two is the primary."""
        either = f"{self.primary.folder},{self.folder}&target_session_attrs=read-write"
        return self.primary.url.replace(str(self.primary.folder), either)

    def promote(self) -> None:
        """Take the primary's place, as an operator's script has it do; it has no replica of its own yet."""
        self.control("-w", "promote")
        with self.connect() as connection:
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
            connection.execute("SELECT pg_reload_conf()")
