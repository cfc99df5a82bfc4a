"""Two parties that have met, and their agreement in any state."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.meetings.conftest import Pair, make_pair

EXPERIENCE = {
    "worked": "Folk kom hver dag.",
    "did_not_work": "Transporten.",
    "next_time": "Begynd med tre og ikke ti.",
}


@pytest.fixture
def pair(kolding: Any) -> Pair:
    return make_pair(kolding)


def terms(**fields: Any) -> dict[str, Any]:
    from fyrtaarn.foundation import clock

    return {
        "title": "Flere i arbejde på værkstedet",
        "goal": "Seks unge kommer i gang.",
        "promised_effect": "Mindst tre er i job efter et år.",
        "starts": clock.today(),
        "ends": clock.today() + timedelta(days=365),
        "public": True,
        **fields,
    }


def make_meeting(pair: Pair) -> Any:
    """An open dialogue between the two."""
    from fyrtaarn.meetings import actions

    asked = actions.open_meeting(pair.owner, pair.sought, pair.offered, "Vi har plads.")
    return actions.accept(pair.editor, asked, "Kom forbi.")


def make_draft(pair: Pair, **fields: Any) -> Any:
    from fyrtaarn.agreements import actions

    return actions.begin_from(pair.editor, make_meeting(pair), terms(**fields))


def make_proposed(pair: Pair, **fields: Any) -> Any:
    """The wording that the department has put to the organisation."""
    from fyrtaarn.agreements import actions

    draft = make_draft(pair, **fields)
    return actions.propose(pair.editor, draft, draft.version)


def make_active(pair: Pair, **fields: Any) -> Any:
    from fyrtaarn.agreements import actions

    return actions.accept(pair.owner, make_proposed(pair, **fields))


def make_free_draft(pair: Pair, **fields: Any) -> Any:
    """A draft that did not begin in a dialogue, between the two."""
    from fyrtaarn.agreements import actions

    draft = actions.begin(pair.editor, pair.department, uuid.uuid4(), terms(**fields))
    actions.add_party(pair.editor, draft, pair.organisation)
    draft.refresh_from_db()
    return draft
