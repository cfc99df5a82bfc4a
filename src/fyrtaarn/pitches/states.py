"""How a pitch is shown, hidden and put away, and how comments on it are asked for and given."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import notices, rules
from .models import Pitch, PitchReview, PitchVersion


def show_none(pitch: Pitch, _by: Any, _reason: str) -> None:
    PitchVersion.objects.filter(pitch=pitch, shown=True).update(shown=False)


def finish(review: PitchReview, _by: Any, _reason: str) -> None:
    review.finished = clock.now()
    review.save(update_fields=["finished"])


def tell_ready(review: PitchReview, _by: Any, _reason: str) -> None:
    notices.tell_ready(review)


def tell_declined(review: PitchReview, _by: Any, reason: str) -> None:
    notices.tell_declined(review, reason)


PITCH_STATES = StateMachine(
    "state",
    Transition("show", ("private", "shown"), "shown", _("Show it on our page"), rules.may_show),
    Transition("hide", ("shown",), "private", _("Do not show it any more"), rules.may_see, follows=(show_none,)),
    Transition("put_away", ("private",), "put_away", _("Put away"), rules.may_see),
    Transition("take_out", ("put_away",), "private", _("Take out again"), rules.may_see),
)
REVIEW_STATES = StateMachine(
    "state",
    Transition("finish", ("asked",), "done", _("Send the comments"), rules.may_comment, follows=(finish, tell_ready)),
    Transition(
        "decline",
        ("asked",),
        "declined",
        _("I have no time"),
        rules.may_comment,
        needs_reason=True,
        follows=(finish, tell_declined),
    ),
    Transition(
        "withdraw", ("asked",), "withdrawn", _("We do not need it any more"), rules.may_withdraw, follows=(finish,)
    ),
)
