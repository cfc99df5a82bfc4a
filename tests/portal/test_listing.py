"""How challenges and solutions are found, and what the overview and the worker know of them."""

from datetime import timedelta
from typing import Any

import pytest

from fyrtaarn.engine.matching import ANALYSIS_VERSION
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.overview import Section, overview_of
from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.folding import fold
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.registry import kind_named
from fyrtaarn.listings.search import Scope
from fyrtaarn.listings.upkeep import rebuild
from fyrtaarn.people.models import User
from fyrtaarn.people.reading import Backend
from fyrtaarn.portal import actions, jobs
from fyrtaarn.portal.models import Challenge, Solution
from tests.harness.people import make_employee, make_organisation
from tests.listings.samples import found

from .conftest import make_challenge, make_solution

pytestmark = pytest.mark.django_db


def test_the_rebuild_of_the_index_sees_what_others_may_see(
    kolding: Any, editor: Any, organisation: Any, owner: Any
) -> None:
    make_challenge(editor, kolding)
    internal = make_challenge(editor, kolding, published=True, audience="municipality")
    make_solution(owner, organisation)
    offered = make_solution(owner, organisation, published=True)
    for key, subject in (("challenge", internal), ("solution", offered)):
        kind = kind_named(key)
        assert kind is not None
        assert list(kind.subjects()) == [subject]
        facts = kind.describe(kind.subjects().get())
        assert facts is not None
        assert facts.path == subject.path
        assert facts.title == subject.title
    challenges = kind_named("challenge")
    assert challenges is not None
    described = challenges.describe(internal)
    assert described is not None
    assert described.audience == "municipality"


def test_the_rebuild_takes_the_same_queries_for_many(
    kolding: Any, editor: Any, organisation: Any, owner: Any, at_most_queries: Any
) -> None:
    for _number in range(3):
        make_challenge(editor, kolding, published=True)
        make_solution(owner, organisation, published=True)
    for key in ("challenge", "solution"):
        kind = kind_named(key)
        assert kind is not None
        with at_most_queries(7):
            assert len([kind.describe(subject) for subject in kind.subjects()]) == 3


def test_the_department_that_leads_stays_first(kolding: Any, department: Any, other_department: Any) -> None:
    for lead, partner in ((department, other_department), (other_department, department)):
        manager = make_employee(kolding, "community_manager")
        make_challenge(manager, kolding, published=True, department=lead, partners=[partner])
        assert Listing.objects.latest("pk").departments == [lead.pk, partner.pk]


def test_a_like_challenge_does_not_hide_the_solutions(
    kolding: Any, editor: Any, colleague: Any, organisation: Any, owner: Any
) -> None:
    from fyrtaarn.portal.queries.challenges import challenge_page, whole_challenges

    make_solution(owner, organisation, published=True)
    challenge = make_challenge(editor, kolding, published=True)
    make_challenge(colleague, kolding, published=True)
    page = challenge_page(editor, whole_challenges().get(pk=challenge.pk))
    assert [fit.title for fit in page.fits.solutions] == ["Fællesspisning for ældre"]
    assert [fit.title for fit in page.fits.challenges] == [challenge.title]
    assert all(fit.sentences for fit in (*page.fits.solutions, *page.fits.challenges))


def test_those_who_answer_for_a_subject(kolding: Any, editor: Any, organisation: Any, owner: Any) -> None:
    challenge = make_challenge(editor, kolding, published=True)
    solution = make_solution(owner, organisation, published=True)
    for key, subject, people in (("challenge", challenge, [editor]), ("solution", solution, [owner])):
        kind = kind_named(key)
        assert kind is not None
        assert list(kind.holders(subject)) == people


def test_the_overview_says_what_waits(kolding: Any, editor: Any, organisation: Any, owner: Any) -> None:
    make_challenge(editor, kolding, title="Kladden")
    due = clock.today() + timedelta(days=10)
    make_challenge(editor, kolding, published=True, needed_by=due)
    waiting = overview_of(User.objects.get(pk=editor.pk))
    assert [item.title for item in waiting[Section.WAITING]] == ["Kladden"]
    assert [item.due for item in waiting[Section.DEADLINES]] == [due]
    assert [item.title for item in waiting[Section.MINE]] == ["Ældre spiser alene"]
    solution = make_solution(owner, organisation, published=True)
    assert Section.WAITING not in overview_of(User.objects.get(pk=owner.pk))
    Solution.objects.filter(pk=solution.pk).update(confirmed=clock.today() - timedelta(days=170))
    found = overview_of(User.objects.get(pk=owner.pk))
    assert [item.path for item in found[Section.WAITING]] == [solution.path]


def test_the_overview_says_what_fits(
    kolding: Any, editor: Any, organisation: Any, owner: Any, at_most_queries: Any
) -> None:
    solution = make_solution(owner, organisation, published=True)
    challenge = make_challenge(editor, kolding, published=True)
    for person, fits in ((editor, solution), (owner, challenge)):
        found = overview_of(User.objects.get(pk=person.pk))
        assert [item.path for item in found[Section.FITS]] == [fits.path]
    for _number in range(4):
        make_challenge(editor, kolding, published=True)
        make_solution(owner, organisation, published=True)
    fold()
    with at_most_queries(13):  # each room that has something for her asks once
        overview_of(Backend().get_user(editor.pk))


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_notice_has_words_in_both_languages(
    kolding: Any, editor: Any, colleague: Any, other_department: Any, organisation: Any, owner: Any, language: str
) -> None:
    from django.utils import translation

    from fyrtaarn.portal import notices

    challenge = make_challenge(editor, kolding, published=True, partners=[other_department], contact=colleague)
    notices.tell_contact(challenge, editor)
    notices.tell_partners(challenge, editor)
    notices.tell_partner_left(challenge, other_department, editor)
    solution = make_solution(owner, organisation, published=True)
    notices.ask_for_confirmation(solution)
    Solution.objects.filter(pk=solution.pk).update(confirmed=clock.today() - timedelta(days=400))
    notices.ask_for_confirmation(Solution.objects.get(pk=solution.pk))
    with translation.override(language):
        told = {notice.kind: words_of(notice) for notice in Notice.objects.filter(kind__startswith="portal.")}
    assert set(told) == {
        "portal.contact",
        "portal.partner",
        "portal.partner_left",
        "portal.confirm",
        "portal.stale",
    }
    for words in told.values():
        assert challenge.title in words.title or solution.title in words.title
        assert words.text


def test_the_worker_reminds_and_tidies(kolding: Any, editor: Any, organisation: Any, owner: Any) -> None:
    solution = make_solution(owner, organisation, published=True)
    Solution.objects.filter(pk=solution.pk).update(confirmed=clock.today() - timedelta(days=400))
    draft = make_challenge(editor, kolding)
    actions.delete_challenge(editor, draft)
    Challenge.with_deleted.filter(pk=draft.pk).update(deleted=clock.now() - timedelta(days=40))
    jobs.remind_of_solutions(0)
    jobs.remove_deleted_drafts(0)
    assert Notice.objects.filter(recipient=owner, kind="portal.stale").count() == 1
    assert not Challenge.with_deleted.filter(pk=draft.pk).exists()


def test_confirming_a_stale_solution_brings_it_up_at_once(kolding: Any, organisation: Any, owner: Any) -> None:
    make_solution(owner, organisation, published=True, title="Den ældste")
    stale = make_solution(owner, organisation, published=True, title="Den nyeste")
    Solution.objects.filter(pk=stale.pk).update(confirmed=clock.today() - timedelta(days=400))
    stale.refresh_from_db()
    publish(stale)
    scope = Scope(kinds=("solution",))
    assert found(scope=scope) == ["Den ældste", "Den nyeste"]
    actions.confirm_solution(owner, stale)
    assert found(scope=scope) == ["Den nyeste", "Den ældste"]


def test_a_solution_is_found_by_its_organisations_name_but_does_not_show_it_as_its_text(
    kolding: Any, owner: Any
) -> None:
    solution = make_solution(owner, make_organisation(kolding, "Xylofonhuset", owner=owner), published=True)
    listing = Listing.objects.get(kind="solution", subject_id=solution.pk)
    assert "Xylofonhuset" not in listing.text
    assert listing.text.endswith(solution.what)
    assert found("Xylofonhuset", Scope(kinds=("solution",))) == [solution.title]


def test_a_rebuild_takes_the_name_out_of_texts_written_before(kolding: Any, organisation: Any, owner: Any) -> None:
    solution = make_solution(owner, organisation, published=True)
    written = Listing.objects.filter(kind="solution", subject_id=solution.pk)
    text = written.get().text
    written.update(text=f"{text}\n{organisation.name}", analysis_version=0)
    assert sum(mended for _looked_at, mended in rebuild())
    assert (written.get().text, written.get().analysis_version) == (text, ANALYSIS_VERSION)
