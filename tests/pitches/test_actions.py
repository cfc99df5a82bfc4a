"""A team writes a pitch, shows versions of it, and an ambassador comments."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import ReasonMissing
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.models import Listing
from fyrtaarn.people.models import Role
from fyrtaarn.pitches import actions, queries, rules
from fyrtaarn.pitches.models import Pitch, PitchReview, PitchVersion
from tests.harness.people import make_organisation, make_user
from tests.portal.conftest import make_solution

from .table import TEXTS, Table


@pytest.mark.django_db
def test_what_is_told_of_a_solution_is_not_asked_for_again(table: Table, kolding: Any) -> None:
    solution = make_solution(
        table.olga, table.organisation, published=True, title="Søndagsmad", what="Vi spiser sammen.", for_whom="Ældre",
        evidence="22 kom igen.",
    )  # fmt: skip
    offer = Listing.objects.get(kind="solution", subject_id=solution.pk)
    made = actions.begin(table.olga, table.organisation, offer)
    assert (made.title, made.solution, made.for_whom) == ("Søndagsmad", "Vi spiser sammen.", "Ældre")
    assert made.effect == "22 kom igen."
    other = make_organisation(kolding, "En anden", owner=table.olga)
    with pytest.raises(Refused):
        actions.begin(table.olga, other, offer)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.begin(make_user(), table.organisation)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_two_who_write_see_each_other(table: Table) -> None:
    pitch = table.begun()
    actions.write(table.mads, pitch, {"problem": "Andet"}, pitch.version, page_key="mads")
    with pytest.raises(Conflict):
        actions.write(table.olga, pitch, {"problem": "Mit"}, pitch.version, page_key="olga")
    again = actions.write(table.mads, pitch, {"problem": "Igen"}, pitch.version, page_key="mads")
    assert (again.problem, again.ask) == ("Igen", TEXTS["ask"])
    with pytest.raises(Conflict):  # what she typed before she saved comes late
        actions.write(table.mads, pitch, {"problem": "For sent"}, pitch.version, page_key="mads", typing=True)


@pytest.mark.django_db
def test_others_see_what_was_shown_and_nothing_written_since(table: Table) -> None:
    pitch = table.begun(effect="")
    with pytest.raises(Refused):
        actions.show(table.olga, pitch)
    pitch = actions.write(table.olga, pitch, {"effect": TEXTS["effect"]}, pitch.version)
    first = actions.show(table.olga, pitch)
    assert queries.shown_by(table.organisation) == [first]
    pitch.refresh_from_db()
    actions.write(table.olga, pitch, {"problem": "Nyt"}, pitch.version)
    assert queries.shown_by(table.organisation)[0].problem == TEXTS["problem"]
    second = actions.show(table.olga, pitch)
    assert [one.pk for one in queries.shown_by(table.organisation)] == [second.pk]
    assert (second.number, actions.show(table.olga, pitch).number) == (2, 2)
    actions.take_step(table.mads, pitch, "hide")
    assert queries.shown_by(table.organisation) == []
    actions.take_step(table.mads, pitch, "put_away")
    pitch.refresh_from_db()
    with pytest.raises(Refused):
        actions.write(table.olga, pitch, {"problem": "Nyt"}, pitch.version)
    assert PitchVersion.objects.filter(pitch=pitch).count() == 2


@pytest.mark.django_db
def test_an_ambassador_is_asked_and_sends_her_comments(table: Table) -> None:
    pitch = table.begun(effect="")
    review = actions.ask(table.olga, pitch, table.ambassador, table.due, "Er det klart?")
    assert Notice.objects.filter(recipient=table.asta, kind="pitches.asked").count() == 1
    with pytest.raises(Refused):
        actions.ask(table.mads, pitch, table.ambassador, table.due)
    for stranger in (table.olga, table.administrator):
        with pytest.raises(Refused):
            actions.comment(stranger, review, {"problem": "Hej"}, "")
    with pytest.raises(Refused):
        actions.finish(table.asta, review, {}, " ")
    actions.comment(table.asta, review, {"problem": "Hvor mange?", "ask": "Godt"}, "")
    assert not rules.may_see_comments(table.olga, review)
    assert queries.comments_on(queries.reviews_of(pitch))["problem"] == []
    done = actions.finish(table.asta, review, {"problem": "Hvor mange er det?"}, "Send den.")
    (said,) = queries.comments_on(queries.reviews_of(pitch))["problem"]
    assert (said[1], done.state, bool(done.finished)) == ("Hvor mange er det?", "done", True)
    assert queries.comments_on(queries.reviews_of(pitch))["ask"] == []
    told = Notice.objects.filter(kind="pitches.ready").values_list("recipient", flat=True)
    assert set(told) == {table.olga.pk, table.mads.pk}
    with pytest.raises(Refused):
        actions.comment(table.asta, review, {"problem": "Mere"}, "")


@pytest.mark.django_db
def test_she_may_have_no_time_and_the_team_may_change_its_mind(table: Table) -> None:
    pitch = table.begun()
    review = actions.ask(table.olga, pitch, table.ambassador, table.due)
    with pytest.raises(ReasonMissing):
        actions.decline(table.asta, review, "")
    actions.decline(table.asta, review, "Ferie")
    assert Notice.objects.filter(kind="pitches.declined").count() == 2
    again = actions.ask(table.olga, pitch, table.ambassador, table.due)
    with pytest.raises(Refused):
        actions.withdraw(table.asta, again)
    actions.withdraw(table.mads, again)
    assert queries.waiting_for(table.asta) == []


@pytest.mark.django_db
def test_who_can_be_asked_and_until_when(table: Table) -> None:
    pitch = table.begun()
    for days in (0, -1, 91):
        with pytest.raises(ValidationError):
            actions.ask(table.olga, pitch, table.ambassador, clock.today() + timedelta(days=days))
    with pytest.raises(Refused):
        actions.ask(table.asta, pitch, table.ambassador, table.due)
    table.ambassador.shown = False
    table.ambassador.save()
    with pytest.raises(Refused):
        actions.ask(table.olga, pitch, table.ambassador, table.due)
    empty = actions.begin(table.olga, table.organisation)
    with pytest.raises(Refused):
        actions.ask(table.olga, empty, table.ambassador, table.due)


@pytest.mark.django_db
def test_who_has_left_the_municipality_sees_it_no_more(table: Table) -> None:
    review = actions.ask(table.olga, table.begun(), table.ambassador, table.due)
    assert rules.may_see_version(table.asta, review.version)
    Role.objects.filter(user=table.asta).update(ends=clock.today())
    del table.asta.current_roles
    assert not rules.may_see_version(table.asta, review.version)
    assert not rules.may_comment(table.asta, review)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_reminders_and_mails_in_both_languages(table: Table, language: str) -> None:
    for person in (table.olga, table.asta):
        person.language = language
        person.save()
    review = actions.ask(table.olga, table.begun(), table.ambassador, table.due)
    assert actions.remind_all() == 0
    PitchReview.objects.update(due=clock.today() + timedelta(days=1))
    assert [actions.remind_all(), actions.remind_all()] == [1, 0]
    PitchReview.objects.update(due=clock.today() - timedelta(days=1))
    assert [actions.remind_all(), actions.remind_all()] == [1, 0]
    review.refresh_from_db()
    assert review.is_late
    actions.finish(table.asta, review, {}, "Godt")
    other = actions.ask(table.olga, table.begun(title="Nr. to"), table.ambassador, table.due)
    actions.decline(table.asta, other, "Ferie")
    with translation.override(language):
        words = [words_of(one) for one in Notice.objects.filter(kind__startswith="pitches.").order_by("pk")]
    assert len({one.title for one in words}) >= 5
    assert all(one.text for one in words)
    said = " ".join(one.title + one.text for one in words)
    assert ("kommentarer" in said) == (language == "da")
    assert OutgoingMail.objects.filter(recipient=table.asta.email).count() == 5  # with the question to be ambassador
    assert actions.remind_all() == 0


@pytest.mark.django_db
def test_a_pitch_goes_back_to_an_earlier_version_and_loses_nothing(table: Table) -> None:
    first = actions.show(table.olga, table.begun())
    later = actions.write(table.mads, Pitch.objects.get(), {"problem": "Halvtreds ældre."}, 2)
    back = actions.go_back(table.mads, first)
    assert back.problem == TEXTS["problem"]
    assert back.version == later.version + 1, "who writes on the later words meets a conflict"
    kept = PitchVersion.objects.get(number=2)
    assert kept.problem == "Halvtreds ældre."
    assert not kept.shown
    assert actions.go_back(table.olga, kept).problem == "Halvtreds ældre."
    assert PitchVersion.objects.count() == 2, "words that are a version already become no other"
