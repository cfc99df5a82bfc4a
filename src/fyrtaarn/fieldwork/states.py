"""How an offer opens and closes. A stay takes a place with its step, so its steps are in actions/stays.py."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

OFFER_STATES = StateMachine(
    "state",
    Transition("open", ("draft", "closed"), "open", _("Open the offer"), rules.may_open),
    Transition("close", ("open",), "closed", _("Close the offer"), rules.may_run),
)
