"""Serve the database with so many organisations, made first if it is not there, as `fyrtaarn web` serves."""

import os
import sys
from tempfile import TemporaryDirectory

from bench.listings.store import open_store
from fyrtaarn.config.commands.web import serve


def main() -> None:
    with TemporaryDirectory() as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
        open_store(int(sys.argv[1]), only="organisation")
        from django.core.management import call_command
        from django.db import connections

        call_command("collectstatic", verbosity=0, interactive=False)
        connections.close_all()
        serve("bench.pages.wsgi:application")


if __name__ == "__main__":
    main()
