"""How an ambassador is asked, says yes, pauses and ends."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.transitions import StateMachine, Transition

from ..models import Ambassador
from .notices import tell_answered
from .rules import may_answer, may_stop


def tell_yes(ambassador: Ambassador, _by: Any, _reason: str) -> None:
    tell_answered(ambassador, yes=True)


def tell_no(ambassador: Ambassador, _by: Any, _reason: str) -> None:
    tell_answered(ambassador, yes=False)


def note_end(ambassador: Ambassador, _by: Any, _reason: str) -> None:
    ambassador.ended = clock.now()
    ambassador.save(update_fields=["ended"])


AMBASSADOR_STATES = StateMachine(
    "state",
    Transition("accept", ("asked",), "active", _("Yes, I would like to"), may_answer, follows=(tell_yes,)),
    Transition("decline", ("asked",), "ended", _("No, thank you"), may_answer, follows=(note_end, tell_no)),
    Transition("pause", ("active",), "paused", _("Pause"), may_stop),
    Transition("resume", ("paused",), "active", _("Go on as ambassador"), may_answer),
    Transition(
        "end", ("asked", "active", "paused"), "ended", _("Be ambassador no longer"), may_stop, follows=(note_end,)
    ),
)
