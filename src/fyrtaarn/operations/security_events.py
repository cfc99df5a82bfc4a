"""Log lines of signing in and out, for whoever watches an installation: by the account's number, never by its name."""

from typing import Any

import structlog
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

log = structlog.get_logger("fyrtaarn.security")


@receiver(user_logged_in)
def signed_in(user: Any, **_signal: Any) -> None:
    log.info("signed in", account=user.pk)


@receiver(user_logged_out)
def signed_out(user: Any, **_signal: Any) -> None:
    log.info("signed out", account=getattr(user, "pk", None))


@receiver(user_login_failed)
def refused(**_signal: Any) -> None:
    """The line's request id leads to the page and the moment; what was typed is not written down."""
    log.warning("sign-in failed")
