"""How what a review leads to goes from a proposal into force."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

CONSEQUENCE_STATES = StateMachine(
    "state",
    Transition("agree", ("proposed",), "agreed", _("Say yes"), rules.may_answer),
    Transition("decline", ("proposed",), "declined", _("Say no"), rules.may_answer, needs_reason=True),
    Transition("take_back", ("proposed",), "withdrawn", _("Take it back"), rules.may_take_back),
)
