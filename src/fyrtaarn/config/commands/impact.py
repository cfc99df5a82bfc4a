"""`fyrtaarn impact`: what comes of it, from a file, without database or server, so that anyone can check it."""

from pathlib import Path

import click

from fyrtaarn.engine.impact.reading import InputError, read_file, write
from fyrtaarn.engine.impact.sroi import Result, as_json, read_case

_FILE = click.Path(path_type=Path)


class Fault(click.ClickException):
    """What is wrong in the file, in one line."""

    exit_code = 2


@click.group(name="impact")
def command() -> None:
    """Calculate social return and budget effect from a JSON file."""


@command.command()
@click.argument("file", type=_FILE)
def sroi(file: Path) -> None:
    """Print the social return of FILE as JSON, with how each figure came about."""
    try:
        result = as_json(Result(read_case(read_file(file))))
    except InputError as error:
        raise Fault(str(error)) from error
    click.echo(write(result))
