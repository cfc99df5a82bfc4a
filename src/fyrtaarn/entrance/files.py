"""Who may open the files of a message: those who see the message itself."""

from fyrtaarn.foundation.files import register_file_rule
from fyrtaarn.foundation.rules import Verdict

from . import rules
from .models import CaseMessage, MessageSide


def may_open_file(user: "rules.Actor", message: CaseMessage) -> Verdict:
    """The asker opens what is written to her and by her; those who handle the case also what hangs on their notes."""
    if message.side == MessageSide.INTERNAL:
        return rules.may_note(user, message.case)
    return rules.may_see(user, message.case)


register_file_rule(CaseMessage, may_open_file)
