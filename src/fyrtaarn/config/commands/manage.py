"""fyrtaarn manage: Django's own commands, for developers."""

import click

from . import setup_django


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands (makemigrations, shell, …)."""
    setup_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["fyrtaarn manage", *arguments])
