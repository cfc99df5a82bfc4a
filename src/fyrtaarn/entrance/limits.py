"""How often guests may ask, so that nobody fills a stranger's inbox with letters in the municipality's name."""

from allauth.core.internal.ratelimit import consume
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

RATES = {
    "entrance_to_address": "5/d/key",  # letters to one e-mail address
    "entrance_from_place": "30/h/ip",  # from one network address, behind which a whole house may sit
}
THANKS = {
    "entrance_thanks": "30/h/ip",  # so that nobody alone makes an answer the most helpful one
}


def within(request: HttpRequest, form: Form) -> bool:
    """Whether the guest may ask now; else the form says why not."""
    email = form.cleaned_data["email"].casefold()
    for action in RATES:
        usage = consume(request, app="entrance", action=action, config=RATES, key=email, raise_exception=False)
        if not usage:
            form.add_error(None, _("You have asked many times in a short while. Try again tomorrow, or sign in."))
            return False
    return True


def may_thank(request: HttpRequest) -> bool:
    """Whether another "that helped" from there is counted."""
    action, *_none = THANKS
    return bool(consume(request, app="entrance", action=action, config=THANKS, raise_exception=False))
