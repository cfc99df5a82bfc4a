"""The fyrtaarn command."""

import sys
from importlib import import_module

import click

from .environment import ConfigurationError

COMMANDS = {
    "run": "Set up everything and serve, with a worker, until Ctrl-C.",
    "web": "Serve the pages.",
    "worker": "Do the background work.",
    "receive": "Take in what people answer by mail.",
    "migrate": "Bring the database to this version.",
    "demo": "Load the demo content of Copenhagen and Kolding.",
    "import": "Import challenges, solutions or organisations from a workbook.",
    "backup": "Put all that is here into one file.",
    "restore": "Bring a backup into an empty installation.",
    "recovered": "Go on with a database that PostgreSQL has put back to an earlier moment.",
    "rehearse": "Bring a backup back for a trial, and compare.",
    "check": "Judge this installation and say what to mend.",
    "match": "Match texts without a database, and measure it.",
    "impact": "Calculate social return and budget effect from a file, without a database.",
    "index": "Rebuild the search index.",
    "appoint": "Say who edits the words that all share, and who sees how the installation stands.",
    "manage": "Run one of Django's own commands.",
}


class Commands(click.Group):
    """Loads a command's module only when it is asked for, so that the command starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"fyrtaarn.config.commands.{'import_' if cmd_name == 'import' else cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands)
@click.version_option(package_name="fyrtaarn")
def fyrtaarn() -> None:
    """Fyrtårn: a municipality's platform for social entrepreneurship.

    Settings are FYRTAARN_… environment variables; `fyrtaarn check` shows and judges them.
    """


def main() -> None:
    """Run the command; a wrong setting ends with what to do and exit code 2."""
    try:
        fyrtaarn()
    except ConfigurationError as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
