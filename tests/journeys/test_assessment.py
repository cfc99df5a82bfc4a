"""Applications are spread over assessors; one has a conflict, two score on their own, and the board shows how far it goes."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from fyrtaarn.assessment import following
from fyrtaarn.assessment.models import Assignment, AssignmentState, ClosedDiscussion
from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.foundation import clock
from tests.assessment.conftest import Round, assess, make_application, make_round
from tests.harness.logins import acting_as

from .conftest import Enter, ways
from .person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
BOARD = "/kolding/vurderinger/"
REASONS = ("Kvarteret mangler et sted.", "Huslejen er ikke sikker.")


@pytest.fixture
def round_(transactional_db: None, kolding: Any) -> Round:
    return make_round(kolding)


def scores(person: Person, round_: Round, points: tuple[int, int], why: str, whole: str) -> None:
    """Fill in the form of an application that she reads."""
    for criterion, given in zip(round_.criteria, points, strict=True):
        person.overwrites(person.page.locator(f"#id_points_{criterion.pk}"), str(given))
        person.overwrites(person.page.locator(f"#id_why_{criterion.pk}"), why)
    person.writes("What do you say of the whole?", whole)


def does_not_read(person: Person, *texts: str) -> None:
    for text in texts:
        expect(person.page.locator("main").get_by_text(text)).to_have_count(0)


@ways("da", "en", "da-without-scripts", "en-by-keyboard")
def test_from_the_spreading_to_the_line_where_the_money_ends(
    somebody: Enter, round_: Round, way: dict[str, Any]
) -> None:
    cafe = make_application(round_, "Café for alle", asked=6_000_000, what="Vi bager surdejsbrød.")
    choir = make_application(round_, "Kor på torvet", asked=5_000_000)

    frida = somebody(way, round_.manager)
    frida.goes_to(BOARD)
    frida.follows_title(round_.call.label)
    frida.follows("Spread the applications")
    frida.reads(round_.assessors[0].name)
    frida.dates("Assess by", clock.today() + timedelta(days=5))
    frida.presses("Ask them")
    frida.reads(frida.counted("%(count)s assessment is asked for.", "%(count)s assessments are asked for.", 4))

    barred = Assignment.objects.filter(application=cafe)[0]
    her = somebody(way, barred.assessor)
    her.goes_to("/min/overblik/")
    her.follows_title(cafe.title)
    her.sees("Does anything stand in your way?")
    does_not_read(her, cafe.what)
    her.follows("I have a conflict of interest")
    her.writes("What is the conflict of interest?", "Min bror bager der.")
    her.presses("Tell it")
    her.reads("Min bror bager der.")
    does_not_read(her, cafe.what)
    with acting_as(EMBEDDED_LOGINS["worker"]):
        following.follow_conflict(barred.pk)
    frida.opens_newest_notice()
    frida.reads("Min bror bager der.")

    colleagues = []
    asked = Assignment.objects.filter(application=cafe, state=AssignmentState.ASKED)
    for one, points, why in zip(asked, ((5, 10), (2, 4)), REASONS, strict=True):
        person = somebody(way, one.assessor)
        person.goes_to("/min/vurderinger/")
        person.follows_title(cafe.title)
        person.presses("Nothing stands in my way")
        person.reads(cafe.what)
        does_not_read(person, *REASONS)
        person.overwrites(person.page.locator(f"#id_points_{round_.criteria[0].pk}"), "1")
        person.presses("Save the draft")
        person.sees("It is saved.")
        scores(person, round_, points, why, f"Alt i alt: {why}")
        frida.goes_to(f"{BOARD}ansoegning/{cafe.pk}/")
        does_not_read(frida, *REASONS)
        person.presses("I am done")
        person.reads(why)
        colleagues.append(person)
    second = colleagues[1]
    second.reads(REASONS[0])
    second.follows("Write to the others")
    second.writes("What do you want to say to the others?", "Skal vi spørge om huslejen?")
    second.presses("Send")
    first = colleagues[0]
    first.goes_to("/min/vurderinger/")
    first.follows_title(cafe.title)
    first.reads(REASONS[1])
    first.reads("Skal vi spørge om huslejen?")

    for one in Assignment.objects.filter(application=choir):
        assess(round_, one, 1, 1)
    frida.goes_to(BOARD)
    frida.follows_title(round_.call.label)
    frida.reads(frida.words("%(points)s of %(most)s", points=35, most=50))
    frida.reads(frida.words("%(spread)s apart", spread=15))
    rows = frida.page.locator("#vurderet tbody tr").all_inner_texts()
    assert [cafe.title in rows[0], frida.words("Here the money ends") in rows[1], choir.title in rows[2]] == [True] * 3
    frida.follows_title(cafe.title)
    frida.reads(REASONS[0])
    frida.reads(REASONS[1])
    frida.reads("Skal vi spørge om huslejen?")
    frida.follows("Close the assessment")
    frida.presses("Close the assessment")
    assert ClosedDiscussion.objects.get().application == cafe
    first.goes_to(first.page.url)
    first.sees("The assessment is over")
