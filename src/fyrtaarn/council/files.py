"""Who may open the papers of an agenda: those who see the meeting."""

from fyrtaarn.foundation.files import register_file_rule
from fyrtaarn.foundation.rules import Verdict

from . import rules
from .models import AgendaItem


def may_open_paper(user: "rules.AnyUser", item: AgendaItem) -> Verdict:
    return rules.may_see_meeting(user, item.meeting)


register_file_rule(AgendaItem, may_open_paper)
