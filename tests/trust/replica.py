"""A primary with a synchronous streaming replica: what is acknowledged lies on both."""

from pathlib import Path

from .installation import Database


def base_backup(primary: Database, folder: Path, *words: str) -> None:
    """Copy a running server's data with PostgreSQL's own program."""
    folder.parent.mkdir()
    folder.parent.chmod(0o777)  # the database's own user writes there
    address = ("-h", str(primary.folder), "-U", "postgres")
    primary.program("pg_basebackup", *address, "-D", str(folder), "-c", "fast", *words)
    for left in folder.glob(".s.PGSQL.*"):  # the server's socket lies in its data folder and is copied along
        left.unlink()


class Recovered(Database):
    """A server that was put back to a moment, from a base backup and the archived log of changes."""

    name = "recovered"

    def __init__(self, primary: Database, folder: Path, archive: Path, moment: str) -> None:
        self.folder, self.server = folder, primary.server
        self.url = primary.url.replace(str(primary.folder), str(folder))
        with (folder / "postgresql.auto.conf").open("a") as settings:
            settings.write(
                f"restore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment}'\n"
                "recovery_target_action = 'promote'\narchive_mode = off\n"
            )
        (folder / "recovery.signal").touch()
        self.ensure()

    def answers(self) -> bool:
        """Once it has gone as far as it was told to."""
        if not super().answers():
            return False
        with self.connect() as connection:
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        return row == (False,)


class Replica(Database):
    """A copy of a running primary that follows it, and can take its place."""

    name = "replica"

    def __init__(self, primary: Database, folder: Path) -> None:
        self.folder, self.server, self.primary = folder, primary.server, primary
        self.url = primary.url.replace(str(primary.folder), str(folder))
        base_backup(primary, folder, "-R")
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
