"""Proposals: a municipality says how a concept should be, an editor answers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.notices import tell
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.people.models import User

from ..content import Change, Entry, entry_as_json, merge, same
from ..models import Proposal, VocabularyConcept
from ..notices import ANSWERED, PROPOSED
from ..queries import editors
from ..rules import may_propose
from ..states import PROPOSAL_STATES
from .editing import add_concept, changing, write_changes


@transaction.atomic
def propose(
    concept: VocabularyConcept | None, wanted: Entry | None, why: str, municipality: Municipality, *, by: User
) -> Proposal:
    """Propose how a concept should be (None: not at all), or a new concept; tells the editors. Raises Refused."""
    require(may_propose(by, municipality))
    if concept is not None and same(concept.entry, wanted):
        raise Refused(_("You have changed nothing yet."))
    proposal = Proposal.objects.create(
        concept=concept,
        base=entry_as_json(concept.entry) if concept else None,
        wanted=entry_as_json(wanted) if wanted else None,
        why=why,
        municipality=municipality,
        by=by,
    )
    log_step(proposal, "propose", "", proposal.state, by=by, reason=why)
    params = {"concept": proposal.change.entry.label_da, "municipality": municipality.name, "why": why}
    tell(PROPOSED, [person for person in editors() if person != by], path=proposal.path, params=params)
    return proposal


@transaction.atomic
def answer(proposal: Proposal, name: str, text: str, *, by: User) -> bool:
    """Accept ("accept": into the draft) or decline ("decline": with a reason), and tell the one who proposed.

    What has been changed in the meantime is joined with it. Returns whether anything of it was overruled by such a
    change. Raises Refused.
    """
    locked = PROPOSAL_STATES.perform(name, proposal, by=by, reason=text)
    overruled = _take_into_draft(locked, by) if name == "accept" else False
    locked.answer, locked.answered, locked.answered_by = text, clock.now(), by
    locked.save()
    params = {"concept": locked.change.entry.label_da, "accepted": name == "accept", "answer": text}
    tell(ANSWERED, [locked.by] if locked.by_id != by.pk else [], path=locked.path, params=params)
    return overruled


def _take_into_draft(proposal: Proposal, by: User) -> bool:
    if proposal.concept is None:
        proposal.concept = add_concept(proposal.change.entry, by=by, why=proposal.why)
        return False
    with changing(by, proposal.why):
        concept = VocabularyConcept.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.concept.pk)
        change = proposal.change
        merged = merge(change.old, None if concept.withdrawn else concept.entry, change.new)
        write_changes([Change(concept.entry, merged.entry)])
    return merged.conflict


def take_back(proposal: Proposal, *, by: User) -> None:
    """Take a proposal back that nobody has answered. Raises Refused."""
    PROPOSAL_STATES.perform("take_back", proposal, by=by)
