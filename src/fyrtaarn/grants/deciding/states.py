"""How a decision comes about, and how a complaint of it ends."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

DECISION_STATES = StateMachine(
    "state",
    Transition("hear", ("draft",), "hearing", _("Hear the applicant"), rules.may_hear),
    Transition("propose", ("draft", "hearing"), "proposed", _("Send to those who decide"), rules.may_propose),
    Transition(
        "take_back", ("proposed",), "draft", _("Take back to the draft"), rules.may_take_back, needs_reason=True
    ),
    Transition("decide", ("proposed",), "decided", _("Decide"), rules.may_take_back),
    Transition("reverse", ("decided",), "reversed", _("Decide anew"), rules.may_see, needs_reason=True),
)
COMPLAINT_STATES = StateMachine(
    "state",
    Transition("keep", ("received",), "kept", _("The decision stands"), rules.may_answer_complaint),
    Transition("uphold", ("received",), "upheld", _("Decide anew"), rules.may_answer_complaint),
    Transition("withdraw", ("received",), "withdrawn", _("Withdraw the complaint"), rules.may_withdraw_complaint),
)
