"""How an agreement goes from a draft to experience, and a wording from a proposal into force."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

AGREEMENT_STATES = StateMachine(
    "state",
    Transition("propose", ("draft",), "proposed", _("Put it to the parties"), rules.may_propose),
    Transition("back_to_draft", ("proposed",), "draft", _("Back to draft"), rules.may_see_inside),
    Transition("activate", ("proposed",), "active", _("In force"), rules.may_activate),
    Transition("complete", ("active",), "completed", _("Complete it"), rules.may_close),
    Transition("end", ("active",), "ended", _("End it early"), rules.may_close),
    Transition("drop", ("draft",), "dropped", _("Drop the draft"), rules.may_drop),
    Transition("resume", ("dropped",), "draft", _("Take it up again"), rules.may_resume),
)

WORDING_STATES = StateMachine(
    "state",
    Transition("come_into_force", ("proposed",), "in_force", _("In force"), rules.is_agreed),
    Transition("decline", ("proposed",), "declined", _("No, not like this"), rules.may_decline),
    Transition("take_back", ("proposed",), "withdrawn", _("Take it back"), rules.may_take_back),
    Transition("replace", ("in_force",), "replaced", _("Replaced"), rules.may_replace),
)
