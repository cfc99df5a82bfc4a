"""Nouns of the council: who sits in it, what it meets about, and what it advises."""

from .advice import Advice, AdviceCourse, AdviceProgress, AdviceState, Stance
from .meetings import AgendaItem, CouncilMeeting, CouncilMeetingState, MinutesAnswer, MinutesState, MinutesWording
from .members import Background, Council, CouncilMember, Seat
from .proposals import AgendaProposal, AgendaProposalState

__all__ = [
    "Advice",
    "AdviceCourse",
    "AdviceProgress",
    "AdviceState",
    "AgendaItem",
    "AgendaProposal",
    "AgendaProposalState",
    "Background",
    "Council",
    "CouncilMeeting",
    "CouncilMeetingState",
    "CouncilMember",
    "MinutesAnswer",
    "MinutesState",
    "MinutesWording",
    "Seat",
    "Stance",
]
