"""How often a stranger may have us write to an e-mail address that is not shown to be hers."""

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import Verdict, allowed_if

LIMITS = {"letter": "30/h/ip,5/h/key"}  # from one network address, to one e-mail address


def may_have_letter(request: HttpRequest, email: str) -> Verdict:
    """Count one letter that a visitor has us send to the address, and say whether it is one too many."""
    counted = consume(request, app="fyrtaarn", action="letter", config=LIMITS, key=email.lower())
    return allowed_if(
        counted is not None, _("We have just written to this address several times. Try again in an hour.")
    )
