"""What two may do with a pitch at the same moment."""

import pytest

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.pitches import actions
from fyrtaarn.pitches.models import Pitch, PitchReview, PitchVersion
from fyrtaarn.pitches.states import PITCH_STATES, REVIEW_STATES
from tests.harness.races import at_once

from .table import Table

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_save_at_once_do_not_overwrite_each_other(table: Table) -> None:
    pitch = table.begun()
    outcomes = at_once(
        lambda: actions.write(table.olga, pitch, {"problem": "Olga"}, pitch.version),
        lambda: actions.write(table.mads, pitch, {"problem": "Mads"}, pitch.version),
    )
    assert sorted(isinstance(one, Conflict) for one in outcomes) == [False, True]
    assert Pitch.objects.get().version == pitch.version + 1


def test_two_who_show_at_once_show_one_version(table: Table) -> None:
    pitch = table.begun()
    outcomes = at_once(lambda: actions.show(table.olga, pitch), lambda: actions.show(table.mads, pitch))
    assert all(isinstance(one, PitchVersion) for one in outcomes)
    assert PitchVersion.objects.count() == 1
    at_once(lambda: PITCH_STATES.perform("hide", pitch, by=table.olga), lambda: actions.show(table.mads, pitch))
    pitch.refresh_from_db()
    assert PitchVersion.objects.filter(shown=True).exists() == (pitch.state == "shown")


def test_asking_twice_at_once_asks_once(table: Table) -> None:
    pitch = table.begun()
    outcomes = at_once(
        lambda: actions.ask(table.olga, pitch, table.ambassador, table.due),
        lambda: actions.ask(table.mads, pitch, table.ambassador, table.due),
    )
    assert sorted(isinstance(one, Refused) for one in outcomes) == [False, True]
    review = PitchReview.objects.get()
    answers = at_once(
        lambda: actions.finish(table.asta, review, {"problem": "Godt"}, ""),
        lambda: REVIEW_STATES.perform("withdraw", review, by=table.olga),
    )
    assert sorted(isinstance(one, Refused) for one in answers) == [False, True]
    review.refresh_from_db()
    assert review.comments.exists() == (review.state == "done")
