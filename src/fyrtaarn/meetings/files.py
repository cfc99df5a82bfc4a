"""Who may open the files of a message: those who see its dialogue."""

from fyrtaarn.foundation.files import register_file_rule
from fyrtaarn.foundation.rules import Verdict

from . import rules
from .models import Message


def may_open_file(user: "rules.AnyUser", message: Message) -> Verdict:
    return rules.may_see(user, message.meeting)


register_file_rule(Message, may_open_file)
