"""fyrtaarn demo: load the demo content."""

import click

from . import setup_django


@click.command()
def command() -> None:
    """Load the demo content of Copenhagen and Kolding; safe to repeat, never in production mode."""
    setup_django()
    from django.conf import settings

    if not settings.DEMO:
        raise click.ClickException("The demo content is not for production: set FYRTAARN_MODE=demo.")
    from fyrtaarn.demo.loading import load

    from .migrate import prepare_database

    prepare_database(verbosity=0)
    load(click.echo)
