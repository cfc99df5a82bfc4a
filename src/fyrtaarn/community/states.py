"""How an introduction goes from a thought to what came of it."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

INTRODUCTION_STATES = StateMachine(
    "state",
    Transition("send", ("draft",), "proposed", _("Sent to all"), rules.may_send),
    Transition("accept", ("proposed",), "accepted", _("All have said yes"), rules.follows_answers),
    Transition("meet", ("accepted",), "met", _("They have met"), rules.may_handle),
    Transition("conclude", ("accepted", "met"), "concluded", _("Noted what came of it"), rules.may_handle),
    Transition("go_on", ("concluded",), "accepted", _("Taken up again"), rules.may_handle),
    Transition("withdraw", ("draft", "proposed", "accepted"), "withdrawn", _("Closed"), rules.may_withdraw),
    Transition("expire", ("proposed",), "expired", _("Not answered in time"), rules.follows_calendar),
    Transition("restore", ("withdrawn", "expired"), "draft", _("Begun again"), rules.may_handle),
)
