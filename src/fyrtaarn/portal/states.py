"""From draft to solved: how challenges and solutions move, who may move them and what follows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import ALLOWED, Verdict
from fyrtaarn.foundation.transitions import StateMachine, Transition
from fyrtaarn.listings.actions import publish

from . import notices, rules
from .models import Challenge, Solution


def renew_listing(subject: Challenge | Solution, _by: Any, _reason: str) -> None:
    """Search and matching see it as it now is, or no longer."""
    publish(subject)


def comes_of_itself(_user: Any, _challenge: Challenge) -> Verdict:
    """No person decides: what happens elsewhere does."""
    return ALLOWED


CHALLENGE_STATES = StateMachine(
    "state",
    Transition(
        "publish",
        ("draft",),
        "published",
        _("Publish"),
        rules.may_publish_challenge,
        follows=(renew_listing, notices.tell_partners, notices.tell_contact),
    ),
    Transition(
        "take_back",
        ("published",),
        "draft",
        _("Take back to draft"),
        rules.may_take_back_challenge,
        follows=(renew_listing,),
    ),
    Transition(
        "start_dialogue",
        ("published",),
        "in_dialogue",
        _("We are in dialogue"),
        rules.may_edit_challenge,
        follows=(renew_listing,),
    ),
    Transition(
        "dialogue_opened",
        ("published",),
        "in_dialogue",
        _("A dialogue began"),
        comes_of_itself,
        follows=(renew_listing,),
    ),
    Transition(
        "start_trial",
        ("published", "in_dialogue"),
        "in_trial",
        _("A trial has begun"),
        rules.may_edit_challenge,
        follows=(renew_listing,),
    ),
    Transition(
        "end_trial",
        ("in_trial",),
        "in_dialogue",
        _("The trial is over"),
        rules.may_edit_challenge,
        follows=(renew_listing,),
    ),
    Transition(
        "seek_again",
        ("in_dialogue",),
        "published",
        _("Seek more solutions"),
        rules.may_edit_challenge,
        follows=(renew_listing,),
    ),
    Transition(
        "solve",
        ("published", "in_dialogue", "in_trial"),
        "solved",
        _("It is solved"),
        rules.may_edit_challenge,
        needs_reason=True,
        follows=(renew_listing, notices.tell_those_in_dialogue),
    ),
    Transition(
        "close",
        ("published", "in_dialogue", "in_trial"),
        "closed",
        _("Close without a solution"),
        rules.may_edit_challenge,
        needs_reason=True,
        follows=(renew_listing, notices.tell_those_in_dialogue),
    ),
    Transition(
        "reopen",
        ("solved", "closed"),
        "published",
        _("Open again"),
        rules.may_edit_challenge,
        follows=(renew_listing,),
    ),
)
PLAIN_STEPS = ("take_back", "start_dialogue", "start_trial", "end_trial", "seek_again", "reopen")
ENDING_STEPS = ("solve", "close")

SOLUTION_STATES = StateMachine(
    "state",
    Transition(
        "publish",
        ("draft",),
        "published",
        _("Offer it"),
        rules.may_publish_solution,
        follows=(renew_listing,),
    ),
    Transition(
        "withdraw",
        ("published",),
        "withdrawn",
        _("Withdraw"),
        rules.may_edit_solution,
        follows=(renew_listing,),
    ),
    Transition(
        "offer_again",
        ("withdrawn",),
        "published",
        _("Offer it again"),
        rules.may_publish_solution,
        follows=(renew_listing,),
    ),
)
