"""Terms over several years between a department and an organisation."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.agreements.conftest import terms
from tests.grants.conftest import refusals_are_read_in_english as refusals_are_read_in_english
from tests.meetings.conftest import Pair, make_pair

TERM = {
    "kind": "money",
    "text": "Driftstilskud",
    "oere": 20_000_000,
    "effect": "Ti unge i job om året",
    "otherwise": "Tilskuddet sættes ned med en fjerdedel.",
}
EXPERIENCE = {"worked": "Mesterlæren.", "did_not_work": "Tilmeldingen.", "next_time": "Begynd før ferien."}


def draft_of_terms(pair: Pair, **changed: Any) -> Any:
    """A draft with the organisation in it, one term and no review yet."""
    from fyrtaarn.agreements import actions as agreements
    from fyrtaarn.agreements.models import AgreementKind
    from fyrtaarn.grants.terms import actions

    draft = agreements.begin(pair.editor, pair.department, uuid.uuid4(), terms(), AgreementKind.TERMS)
    agreements.add_party(pair.editor, draft, pair.organisation)
    actions.add(pair.editor, draft, {**TERM, **changed})
    draft.refresh_from_db()
    return draft


def active_terms(pair: Pair) -> Any:
    """Terms to which both have said yes, with a review that has been held."""
    from fyrtaarn.agreements import actions as agreements
    from fyrtaarn.foundation import clock

    draft = draft_of_terms(pair)
    review = agreements.plan_review(pair.editor, draft, clock.today(), "Er der kommet ti i job?")
    agreements.plan_review(pair.editor, draft, clock.today() + timedelta(days=365))
    wording = agreements.propose(pair.editor, draft, draft.version)
    agreement = agreements.accept(pair.owner, wording)
    agreements.hold_review(pair.owner, review, "attention", "Seks er kommet i job.")
    return agreement


def held_review(agreement: Any) -> Any:
    return agreement.reviews.exclude(held=None).get()


@pytest.fixture
def pair(kolding: Any) -> Pair:
    return make_pair(kolding)
