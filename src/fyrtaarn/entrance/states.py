"""How a case goes from a question to what came of it."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

HANDLED = ("routed", "in_progress", "waiting", "answered")

CASE_STATES = StateMachine(
    "state",
    Transition("confirm", ("unconfirmed",), "received", _("Confirm and send"), rules.may_confirm),
    Transition("route", ("received", *HANDLED), "routed", _("Send to a department"), rules.may_route),
    Transition("take", ("routed",), "in_progress", _("Take it up"), rules.may_handle),
    Transition("ask_back", ("routed", "in_progress", "answered"), "waiting", _("Ask the asker"), rules.may_handle),
    Transition("return", ("waiting", "answered"), "in_progress", _("The asker has written"), rules.may_ask_on),
    Transition("answer", ("routed", "in_progress", "waiting"), "answered", _("Answer"), rules.may_handle),
    Transition("close", ("received", *HANDLED), "closed", _("Close"), rules.may_close),
    Transition("reopen", ("closed",), "in_progress", _("Open again"), rules.may_reopen),
    Transition("merge", ("received", *HANDLED), "merged", _("Put together with another"), rules.may_merge),
)
