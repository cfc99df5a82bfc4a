"""How pools, rules and calls go from one state to the next; what the steps of money are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition
from fyrtaarn.listings.actions import publish as list_subject

from . import notices, rules
from .models import Call, Pool
from .money import release, set_aside


def tell_of_end(call: Call, _user: Any, reason: str) -> None:
    notices.tell_called_off(call, reason)


def give_back(call: Call, user: Any, _reason: str) -> None:
    release(call, user)


def take_aside(call: Call, user: Any, _reason: str) -> None:
    set_aside(call, user)


def find_pool(pool: Pool, _user: Any, _reason: str) -> None:
    list_subject(pool)


def find_call(call: Call, _user: Any, _reason: str) -> None:
    list_subject(call.pool)


POOL_STATES = StateMachine(
    "state",
    Transition("open", ("draft", "closed"), "open", _("Open the pool"), rules.may_open, follows=(find_pool,)),
    Transition("close", ("open",), "closed", _("Close the pool"), rules.may_close, follows=(find_pool,)),
)
RULES_STATES = StateMachine(
    "state",
    Transition("bring_into_force", ("draft",), "in_force", _("Bring into force"), rules.may_bring_into_force),
    Transition("replace", ("in_force",), "replaced", _("Replace"), rules.may_replace),
)
CALL_STATES = StateMachine(
    "state",
    Transition("publish", ("draft",), "published", _("Publish"), rules.may_publish, follows=(take_aside, find_call)),
    Transition(
        "settle", ("published",), "settled", _("All is decided"), rules.may_settle, follows=(give_back, find_call)
    ),
    Transition(
        "call_off",
        ("published",),
        "cancelled",
        _("Call off"),
        rules.may_call_off,
        needs_reason=True,
        follows=(give_back, find_call, tell_of_end),
    ),
)
PART_STEPS = {
    "pay": _("Noted as paid"),
    "take_back": _("Noted as not paid after all"),
    "drop": _("Lapsed"),
    "move": _("Another day to pay"),
}
