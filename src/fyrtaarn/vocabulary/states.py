"""The states of a proposal."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from .models import ProposalState
from .rules import may_answer, may_take_back

WAITING = (ProposalState.WAITING,)
PROPOSAL_STATES = StateMachine(
    "state",
    Transition("accept", WAITING, ProposalState.ACCEPTED, _("Take it into the draft"), may_answer),
    Transition("decline", WAITING, ProposalState.DECLINED, _("Decline"), may_answer, needs_reason=True),
    Transition("take_back", WAITING, ProposalState.TAKEN_BACK, _("Take back"), may_take_back),
)
