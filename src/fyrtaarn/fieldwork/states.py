"""How an offer opens and closes, and what the steps of a stay are called.

A stay takes or gives back a place with its step, so its steps are taken in actions/stays.py.
"""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

OFFER_STATES = StateMachine(
    "state",
    Transition("open", ("draft", "closed"), "open", _("Open the offer"), rules.may_open),
    Transition("close", ("open",), "closed", _("Close the offer"), rules.may_run),
)

STAY_STEPS = {
    "apply": _("Applied"),
    "accept": _("The host said yes"),
    "decline": _("The host said no"),
    "move_up": _("Got a place from the waiting list"),
    "lapse": _("Lapsed without a place"),
    "cancel": _("Called off"),
    "sign": _("Signed the declaration"),
    "came": _("The host noted that the guest came"),
    "stayed away": _("The host noted that the guest did not come"),
    "publish": _("Both agreed that everybody may read what was learned"),
    "take back": _("What was learned is no longer shown to everybody"),
}
