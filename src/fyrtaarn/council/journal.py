"""The council in the journal: what a person has proposed to it, and what she has said of minutes and advice."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, beginning_of, source
from fyrtaarn.people.models import User

from .models import Advice, AdviceProgress, AgendaProposal, CouncilMember, MinutesAnswer


@source
def of_party(municipality: Municipality, person: User | None, _organisation: Any) -> Iterator[Entry]:
    """What a person has done in the municipality's council; an organisation does nothing there by itself."""
    if person is None:
        return
    here = {"council__municipality": municipality}
    for term in CouncilMember.objects.filter(seat__council__municipality=municipality, user=person):
        yield Entry(beginning_of(term.starts), _("The council"), _("A seat in the council"), term.affiliation, "")
    for proposal in AgendaProposal.objects.filter(**here, proposer=person):
        words = "\n".join(filter(None, (proposal.title, proposal.text, proposal.reason)))
        yield Entry(proposal.created, _("Proposal to the council"), proposal.get_state_display(), words, str(person))
    answers = MinutesAnswer.objects.filter(wording__meeting__council__municipality=municipality, member__user=person)
    for answer in answers.select_related("wording__meeting"):
        what = _("Yes to the minutes") if answer.approves else _("Remark on the minutes")
        yield Entry(answer.at, answer.wording.meeting.title, what, answer.remark, str(person))
    for advice in Advice.objects.filter(**here, answered_by=person):
        matter = _("Advice: %(title)s") % {"title": advice.title}
        yield Entry(beginning_of(advice.answered), matter, advice.get_stance_display(), advice.answer, str(person))
    for progress in AdviceProgress.objects.filter(advice__council__municipality=municipality, by=person).select_related(
        "advice"
    ):
        matter = _("Advice: %(title)s") % {"title": progress.advice.title}
        yield Entry(progress.at, matter, progress.get_course_display(), progress.text, str(person))
