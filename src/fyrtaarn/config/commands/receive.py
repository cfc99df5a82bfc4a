"""fyrtaarn receive: take in what people answer by mail."""

import signal
from types import FrameType

import click

from fyrtaarn.config.database import Login
from fyrtaarn.config.environment import ConfigurationError, read_environment
from fyrtaarn.config.logins import refuse_powerful_login

from . import setup_django


@click.command()
def command() -> None:
    """Take in, until Ctrl-C, what the municipality's mail server hands on: answers to our mails, and what comes back."""
    environment = read_environment()
    if not environment.reply_address:
        raise ConfigurationError("FYRTAARN_REPLY_ADDRESS is missing: name the address that people answer to.")
    setup_django(Login.WORKER)
    refuse_powerful_login()
    from fyrtaarn.replies.server import receiver

    server = receiver(environment.receive_host, environment.receive_port)
    signal.signal(signal.SIGTERM, _end)
    server.start()
    click.echo(f"Taking in mail at {environment.receive_host}:{environment.receive_port}.")
    try:
        signal.pause()
    except KeyboardInterrupt:
        click.echo("Mail is no longer taken in.")
    finally:
        server.stop()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
