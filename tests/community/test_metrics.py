"""The figures of a board leave nothing out and count nothing twice."""

from collections import Counter

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.community import actions
from fyrtaarn.community.metrics import count_outcomes, figures_of
from fyrtaarn.community.models import IntroductionState, Outcome

from .conftest import Place, make_accepted
from .test_views import shown

OPEN = [(str(state), "") for state in IntroductionState if state != IntroductionState.CONCLUDED]
OVER = [(str(IntroductionState.CONCLUDED), str(outcome)) for outcome in Outcome]


@given(rows=st.lists(st.sampled_from([*OPEN, *OVER]), max_size=60))
def test_the_parts_add_up_to_all_that_were_sent(rows: list[tuple[str, str]]) -> None:
    told, counted = count_outcomes(rows), Counter(rows)
    parts = (told.waiting, told.stopped, told.under_way, told.agreement, told.going_on, told.nothing)
    assert sum(parts) == told.sent == len(rows) - counted["draft", ""]
    assert told.agreement == counted["concluded", "agreement"]
    assert told.stopped == counted["withdrawn", ""] + counted["expired", ""]


@pytest.mark.django_db
def test_the_board_shows_its_figures(client: Client, place: Place) -> None:
    actions.conclude(place.manager, make_accepted(place), "going_on", "De ses om fredagen.")
    assert figures_of(place.district).going_on == 1
    client.force_login(place.manager)
    assert "De fortsætter selv" in shown(client, place.board)
    client.force_login(place.pair.owner)
    assert client.get(place.board).status_code == 403
