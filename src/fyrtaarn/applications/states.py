"""From a draft to a decision. What an application says when it is sent is kept by actions/sending.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import ALLOWED, Verdict
from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules
from .models import Application


def decided_above(_user: Any, _application: Application) -> Verdict:
    """The room of decisions asks its own rules before it notes what was decided."""
    return ALLOWED


def note_decision_day(application: Application, _by: Any, _reason: str) -> None:
    application.decided = clock.now()
    application.save(update_fields=["decided"])


def forget_decision_day(application: Application, _by: Any, _reason: str) -> None:
    application.decided = None
    application.save(update_fields=["decided"])


APPLICATION_STATES = StateMachine(
    "state",
    Transition("send", ("draft", "returned"), "sent", _("Send the application"), rules.may_change),
    Transition("withdraw", ("draft", "sent", "returned"), "withdrawn", _("Withdraw"), rules.may_withdraw),
    Transition("reopen", ("withdrawn",), "draft", _("Take it up again"), rules.may_reopen),
    Transition("return", ("sent",), "returned", _("Send back to be mended"), rules.may_return, needs_reason=True),
    Transition("grant", ("sent",), "granted", _("Grant"), decided_above, follows=(note_decision_day,)),
    Transition("refuse", ("sent",), "refused", _("Refuse"), decided_above, follows=(note_decision_day,)),
    Transition(
        "decide_anew",
        ("granted", "refused"),
        "sent",
        _("Decide anew after a complaint"),
        decided_above,
        needs_reason=True,
        follows=(forget_decision_day,),
    ),
)
STEP_LABELS = {
    "begin": _("Begun"),
    "send": _("Sent"),
    "withdraw": _("Withdrawn"),
    "reopen": _("Taken up again"),
    "return": _("Sent back to be mended"),
    "grant": _("Granted"),
    "refuse": _("Refused"),
    "decide_anew": _("Is decided anew after a complaint"),
}
