"""fyrtaarn migrate: bring the database to this version."""

import click

from . import setup_django


@click.command()
def command() -> None:
    """Bring the database to this version and load the starting data (areas, themes, UN goals, indicators, the shared words)."""
    setup_django()
    prepare_database(verbosity=1)


def prepare_database(verbosity: int) -> None:
    """Apply all migrations and load starting data that is not there yet; safe to repeat."""
    from django.core.management import call_command

    from fyrtaarn.areas.loading import load_areas
    from fyrtaarn.effects.loading import load_indicators
    from fyrtaarn.topics.loading import load_topics
    from fyrtaarn.vocabulary.actions import take_shipped

    call_command("migrate", verbosity=verbosity, interactive=False)
    load_areas()
    load_topics()
    load_indicators()
    take_shipped()
