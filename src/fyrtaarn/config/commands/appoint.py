"""fyrtaarn appoint: the national roles, which no municipality can give."""

import click

from fyrtaarn.config.database import Login

from . import setup_django


@click.command()
@click.argument("email")
@click.option(
    "--as", "kind", type=click.Choice(["vocabulary_editor", "operator"]), default="vocabulary_editor", show_default=True
)
@click.option("--end", is_flag=True, help="End the role today instead of giving it.")
def command(email: str, kind: str, end: bool) -> None:
    """Make the person with this e-mail address editor of the shared words, or operator who sees how all stands."""
    setup_django(Login.WORKER)
    from fyrtaarn.foundation.history import because
    from fyrtaarn.foundation.rules import Refused
    from fyrtaarn.people.actions import appoint, dismiss
    from fyrtaarn.people.models import User

    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise click.ClickException(f"Nobody signs in with {email}. The person must have an account first.")
    try:
        with because("fyrtaarn appoint"):
            (dismiss if end else appoint)(user, kind)
    except Refused as refusal:
        raise click.ClickException(str(refusal.reason)) from refusal
    click.echo(f"{user} {'is no longer' if end else 'is now'} {kind.replace('_', ' ')}.")
