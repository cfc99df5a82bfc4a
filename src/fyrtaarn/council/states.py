"""How proposals and meetings go on."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

PROPOSAL_STATES = StateMachine(
    "state",
    Transition("confirm", ("unconfirmed",), "waiting", _("Confirm"), rules.may_confirm),
    Transition("accept", ("waiting",), "accepted", _("Put it on an agenda"), rules.may_decide, needs_reason=True),
    Transition("decline", ("waiting",), "declined", _("Do not take it up"), rules.may_decide, needs_reason=True),
    Transition("withdraw", ("unconfirmed", "waiting"), "withdrawn", _("Take it back"), rules.may_withdraw),
)

MEETING_STATES = StateMachine(
    "state",
    Transition("call", ("draft",), "called", _("Call the meeting"), rules.may_prepare),
    Transition("cancel", ("called",), "cancelled", _("Cancel the meeting"), rules.may_prepare, needs_reason=True),
)
