"""fyrtaarn index: the search index."""

import sys

import click

from fyrtaarn.config.database import Login

from . import setup_django


@click.group()
def command() -> None:
    """Rebuild or check the search index. Both may be run while the product serves."""


@command.command()
def rebuild() -> None:
    """Compare every listing with its data and renew what differs; the index serves all the while."""
    setup_django(Login.WORKER)
    from fyrtaarn.listings import upkeep

    renewed = 0
    with click.progressbar(length=upkeep.count_subjects(), label="Rebuilding the index") as bar:
        for looked_at, mended in upkeep.rebuild():
            renewed += mended
            bar.update(looked_at)
    click.echo(f"{renewed} listings renewed.")


@command.command()
def check() -> None:
    """Say whether the index is what the data say; ends with exit code 1 when it is not."""
    setup_django(Login.WORKER)
    from fyrtaarn.listings import upkeep

    faults: list[str] = []
    with click.progressbar(length=upkeep.count_subjects(), label="Checking the index") as bar:
        for looked_at, wrong in upkeep.compare():
            faults += [f"the listing of {fault} is not what its data say" for fault in wrong]
            bar.update(looked_at)
    if terms := upkeep.wrong_postings():
        faults.append(f"{len(terms)} terms have wrong postings")
    if blocks := upkeep.wrong_blocks():
        faults.append(f"{len(blocks)} blocks of listings are counted wrongly")
    if searches := upkeep.wrong_searches():
        faults.append(f"{len(searches)} terms of saved searches have wrong postings")
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo("Mend it with: fyrtaarn index rebuild")
        sys.exit(1)
    click.echo("The index is what the data say.")
