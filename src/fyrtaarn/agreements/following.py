"""Agreements that follow something else: the parties have said yes there, and there it ends.

A grant is agreed on by an application and its decision. Nobody writes it once more: the agreement is in force at once,
its period moves with the grant's, and it is closed with it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Acceptance, Agreement, AgreementKind, AgreementState, Party, Wording, WordingState, terms_of

UNSAID = "–"
"""What stands where nobody has written what was learned."""


class Yes(NamedTuple):
    """One party's yes that has been given elsewhere, by one person."""

    party: Department | Organisation
    by: User
    at: datetime


@transaction.atomic
def record(user: User, municipality: Municipality, terms: Mapping[str, Any], yeses: Sequence[Yes]) -> Agreement:
    """Keep an agreement on a grant to which the parties have said yes; `user` is one of those who did, for now."""
    agreement = Agreement.objects.create(
        kind=AgreementKind.GRANT,
        municipality=municipality,
        state=AgreementState.ACTIVE,
        created_by=user,
        **terms,
    )
    parties = Party.objects.bulk_create(  # at once: who begins an agreement adds its parties, and is one of them then
        Party(agreement=agreement, contact=yes.by, **_side(yes.party)) for yes in yeses
    )
    log_step(agreement, "record", "", AgreementState.ACTIVE, by=user)
    _put_in_force(agreement, user, parties, yeses)
    return agreement


@transaction.atomic
def move_end(agreement: Agreement, terms: Mapping[str, Any], reason: str, yeses: Sequence[Yes], by: User) -> None:
    """Bring other terms into force, to which the parties have said yes."""
    current = hold(Agreement.objects.all(), agreement.pk)
    if current.state != AgreementState.ACTIVE or all(terms_of(current)[name] == terms[name] for name in terms):
        return
    for name, value in terms.items():
        setattr(current, name, value)
    current.version += 1
    current.updated = clock.now()
    current.save(update_fields=[*terms, "version", "updated"])
    current.wordings.filter(state=WordingState.IN_FORCE).update(state=WordingState.REPLACED)
    _put_in_force(current, by, list(current.parties.order_by("pk")), yeses, reason)


@transaction.atomic
def close(agreement: Agreement, state: AgreementState, experience: Mapping[str, str]) -> None:
    """Close an agreement with what it follows; once."""
    current = hold(Agreement.objects.all(), agreement.pk)
    if current.state != AgreementState.ACTIVE:
        return
    for name, text in experience.items():
        setattr(current, name, text.strip() or UNSAID)
    current.state, current.closed, current.updated = state, clock.today(), clock.now()
    current.save(update_fields=[*experience, "state", "closed", "updated"])
    log_step(current, "close", AgreementState.ACTIVE, state, by=None)


def _side(party: Department | Organisation) -> dict[str, Any]:
    return {"organisation": party} if isinstance(party, Organisation) else {"department": party}


def _put_in_force(
    agreement: Agreement, by: User, parties: Sequence[Party], yeses: Sequence[Yes], reason: str = ""
) -> None:
    latest = agreement.wordings.order_by("number").last()
    wording = Wording.objects.create(
        agreement=agreement,
        number=latest.number + 1 if latest else 1,
        state=WordingState.IN_FORCE,
        reason=reason,
        proposed_by=yeses[0].by,
        proposed=yeses[0].at,
        settled=clock.now(),
        settled_by=by,
        **terms_of(agreement),
    )
    Acceptance.objects.bulk_create(
        Acceptance(wording=wording, party=party, by=yes.by, at=yes.at)
        for party, yes in zip(parties, yeses, strict=True)
    )
