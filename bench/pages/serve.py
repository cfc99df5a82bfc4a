"""Serve the database with so many organisations, made first if it is not there, as `fyrtaarn web` serves."""

import sys

from bench.listings.store import open_store


def main() -> None:
    open_store(int(sys.argv[1]), only="organisation")
    from django.conf import settings
    from django.core.management import call_command
    from granian.constants import Interfaces
    from granian.server import Server

    call_command("collectstatic", verbosity=0, interactive=False)
    Server(
        "bench.pages.wsgi:application",
        address="127.0.0.1",
        port=settings.ENVIRONMENT.port,
        interface=Interfaces.WSGI,
        workers=settings.ENVIRONMENT.web_processes,
        blocking_threads=8,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
