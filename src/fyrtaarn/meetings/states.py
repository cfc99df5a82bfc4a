"""How a dialogue goes from a question to an end."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

MEETING_STATES = StateMachine(
    "state",
    Transition("accept", ("proposed",), "open", _("Yes, let us talk"), rules.may_answer),
    Transition("decline", ("proposed",), "declined", _("No, thank you"), rules.may_answer),
    Transition("end", ("proposed", "open"), "ended", _("End the dialogue"), rules.may_end),
    Transition("reopen", ("declined", "ended"), "open", _("Open the dialogue again"), rules.may_reopen),
    Transition("ask_again", ("declined", "ended"), "proposed", _("Ask again"), rules.may_ask_again),
    Transition(
        "introduce", ("proposed", "declined", "ended"), "open", _("Introduced to each other"), rules.follows_answers
    ),
    Transition("agree", ("open",), "agreed", _("An agreement came into force"), rules.follows_agreement),
    Transition("conclude", ("agreed",), "open", _("The agreement has ended"), rules.follows_agreement),
)
