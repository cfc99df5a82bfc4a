"""Both agree to the terms; a review keeps, adjusts or ends them, with a reason, and both are told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from fyrtaarn.agreements import actions as agreements
from fyrtaarn.agreements.models import Review
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import KINDS, words_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing, WrongState
from fyrtaarn.grants import jobs
from fyrtaarn.grants.models import LongTerm
from fyrtaarn.grants.terms import actions
from fyrtaarn.grants.terms.queries import terms_of
from tests.agreements.conftest import make_draft
from tests.grants.conftest import told
from tests.meetings.conftest import Pair

from .conftest import EXPERIENCE, TERM, active_terms, draft_of_terms, held_review

pytestmark = pytest.mark.django_db


def adjusted(agreement: Any, **changed: Any) -> dict[int, dict[str, Any]]:
    return {one.pk: changed for one in terms_of(agreement).holding}


def test_a_draft_says_what_it_lacks_before_it_is_put_to_the_other(pair: Pair) -> None:
    draft = draft_of_terms(pair)
    actions.remove(pair.owner, draft.long_terms.get())
    draft.refresh_from_db()
    with pytest.raises(Refused, match="at least one term"):
        agreements.propose(pair.editor, draft, draft.version)
    actions.add(pair.owner, draft, {**TERM, "kind": "rooms", "oere": None})
    draft.refresh_from_db()
    with pytest.raises(Refused, match="at least one review"):
        agreements.propose(pair.editor, draft, draft.version)
    agreements.plan_review(pair.editor, draft, clock.today() + timedelta(days=90))
    assert agreements.propose(pair.editor, draft, draft.version).number == 1
    with pytest.raises(Refused, match="draft"):
        actions.add(pair.editor, draft, TERM)


def test_who_puts_it_to_the_other_has_read_the_terms_as_they_are(pair: Pair) -> None:
    from fyrtaarn.foundation.versions import Conflict

    draft = draft_of_terms(pair)
    agreements.plan_review(pair.editor, draft, clock.today())
    actions.change(pair.owner, draft.long_terms.get(), {**TERM, "oere": 1})
    with pytest.raises(Conflict):
        agreements.propose(pair.editor, draft, draft.version)


@pytest.mark.parametrize("oere", [None, 0])
def test_money_has_an_amount(pair: Pair, oere: int | None) -> None:
    with pytest.raises(ValidationError, match="amount"):
        draft_of_terms(pair, oere=oere)


def test_a_collaboration_has_no_such_terms(pair: Pair) -> None:
    with pytest.raises(Refused, match="no terms"):
        actions.add(pair.editor, make_draft(pair), TERM)


def test_terms_are_kept_by_either_party_once(pair: Pair) -> None:
    agreement = active_terms(pair)
    review = held_review(agreement)
    with pytest.raises(ReasonMissing):
        actions.conclude(pair.owner, review, "kept", " ")
    made = actions.conclude(pair.owner, review, "kept", "Det går fremad.")
    assert (made.state, [one.oere for one in terms_of(agreement).holding]) == ("agreed", [20_000_000])
    assert told("terms_concluded") == {str(pair.editor)}
    with pytest.raises(Refused, match="already"):
        actions.conclude(pair.editor, review, "kept", "Igen.")
    with pytest.raises(Refused, match="Hold the review"):
        actions.conclude(pair.editor, agreement.reviews.get(held=None), "kept", "For tidligt.")


def test_adjusted_terms_hold_once_the_other_has_said_yes(pair: Pair) -> None:
    agreement = active_terms(pair)
    with pytest.raises(ValidationError, match="not changed any"):
        actions.conclude(pair.editor, held_review(agreement), "adjusted", "Færre.", adjusted=adjusted(agreement))
    made = actions.conclude(
        pair.editor, held_review(agreement), "adjusted", "Færre.", adjusted=adjusted(agreement, oere=15_000_000)
    )
    assert [one.oere for one in terms_of(agreement).holding] == [20_000_000]
    assert [one.oere for one in terms_of(agreement).proposed] == [15_000_000]
    with pytest.raises(Refused, match="other party"):
        actions.agree(pair.editor, made)
    actions.agree(pair.owner, made)
    found = terms_of(agreement)
    assert ([one.oere for one in found.holding], [one.oere for one in found.earlier]) == ([15_000_000], [20_000_000])
    assert told("terms_answered") == {str(pair.editor)}


def test_a_no_leaves_the_terms_and_another_way_out(pair: Pair) -> None:
    agreement = active_terms(pair)
    review = held_review(agreement)
    first = actions.conclude(pair.editor, review, "adjusted", "Færre.", adjusted=adjusted(agreement, oere=1))
    with pytest.raises(ReasonMissing):
        actions.decline(pair.owner, first, "")
    actions.decline(pair.owner, first, "Vi mangler kun fire.")
    second = actions.conclude(pair.owner, review, "adjusted", "Lidt færre.", adjusted=adjusted(agreement, oere=2))
    with pytest.raises(Refused, match="take it back"):
        actions.take_back(pair.editor, second)
    actions.take_back(pair.owner, second)
    assert actions.conclude(pair.editor, review, "kept", "Så bliver det ved det.").state == "agreed"
    assert [one.oere for one in terms_of(agreement).holding] == [20_000_000]
    with pytest.raises(WrongState):
        actions.agree(pair.owner, first)


def test_terms_that_end_end_the_agreement_with_what_was_learned(pair: Pair) -> None:
    agreement = active_terms(pair)
    with pytest.raises(ReasonMissing):
        actions.conclude(pair.editor, held_review(agreement), "ended", "Effekten kom ikke.")
    actions.conclude(pair.editor, held_review(agreement), "ended", "Effekten kom ikke.", experience=EXPERIENCE)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.worked) == ("ended", "Mesterlæren.")
    assert told("terms_concluded") == {str(pair.owner)}


def test_strangers_write_nothing(pair: Pair) -> None:
    agreement = active_terms(pair)
    review = held_review(agreement)
    made = actions.conclude(pair.editor, review, "adjusted", "Færre.", adjusted=adjusted(agreement, oere=1))
    for act in (
        lambda: actions.agree(pair.stranger, made),
        lambda: actions.take_back(pair.stranger, made),
        lambda: actions.conclude(pair.stranger, review, "kept", "Mig."),
        lambda: actions.add(pair.stranger, agreement, TERM),
        lambda: actions.remove(pair.stranger, LongTerm.objects.filter(since=None).get()),
    ):
        with pytest.raises(Refused):
            act()


def test_a_review_that_led_to_nothing_is_reminded_of_once(pair: Pair) -> None:
    review = held_review(active_terms(pair))
    jobs.remind(0)
    assert not Notice.objects.filter(kind="grants.terms_open").exists()
    Review.objects.filter(pk=review.pk).update(held=clock.today() - timedelta(days=7))
    jobs.remind(0)
    jobs.remind(0)
    assert Notice.objects.filter(kind="grants.terms_open").count() == 2


def test_each_notice_has_words_in_both_languages(pair: Pair) -> None:
    kept, agreed, declined, ended = (active_terms(pair) for _number in range(4))
    Review.objects.exclude(held=None).update(held=clock.today() - timedelta(days=9))
    jobs.remind(0)
    actions.conclude(pair.editor, held_review(kept), "kept", "Godt.")
    actions.conclude(pair.editor, held_review(ended), "ended", "Slut.", experience=EXPERIENCE)
    for agreement in (agreed, declined):
        changed = adjusted(agreement, oere=1)
        made = actions.conclude(pair.editor, held_review(agreement), "adjusted", "Færre.", adjusted=changed)
        _ = actions.agree(pair.owner, made) if agreement is agreed else actions.decline(pair.owner, made, "Nej.")
    notices = list(Notice.objects.filter(kind__startswith="grants.terms_"))
    assert {notice.kind for notice in notices} == {kind for kind in KINDS if kind.startswith("grants.terms_")}
    for notice in notices:
        words: list[Any] = []
        for language in ("da", "en"):
            with translation.override(language):
                words.append(words_of(notice))
        assert words[0].title != words[1].title
        assert words[0].text != words[1].text
