"""How an assessor's work with an application goes."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

ASSIGNMENT_STATES = StateMachine(
    "state",
    Transition("clear", ("asked",), "reading", _("Nothing stands in my way"), rules.is_assessor),
    Transition("conflict", ("asked", "reading", "done"), "conflict", _("I have a conflict"), rules.is_assessor),
    Transition("finish", ("reading",), "done", _("I am done"), rules.may_score),
    Transition("reopen", ("done",), "reading", _("Change my scores"), rules.may_score, needs_reason=True),
    Transition("release", ("asked", "reading"), "released", _("Let off"), rules.may_release, needs_reason=True),
)
