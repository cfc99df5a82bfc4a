"""A question that needs three departments goes from the entrance to a collaboration; late ones escalate and show."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from fyrtaarn.agreements.models import Agreement, AgreementState
from fyrtaarn.config.database import EMBEDDED_LOGINS
from fyrtaarn.entrance.figures import count_times
from fyrtaarn.entrance.models import Case
from fyrtaarn.entrance.reminders import remind_all
from fyrtaarn.foundation import clock
from fyrtaarn.portal.models import Challenge, Solution
from tests.entrance.desk import CARE, Desk, make_contact, make_desk, routed
from tests.harness.logins import acting_as
from tests.harness.people import make_department, make_employee

from .conftest import Enter, ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(transactional_db: None, kolding: Any) -> Desk:
    return make_desk(kolding)


@ways("da", "en")
def test_from_the_entrance_to_a_collaboration(somebody: Enter, desk: Desk, way: dict[str, Any]) -> None:
    building: Any = make_department(desk.municipality, "Byggeforvaltningen")
    bo: Any = make_employee(desk.municipality, "contact_person", building, name="Bo Bygger")
    make_contact(bo, building)

    olga = somebody(way, desk.owner)
    olga.goes_to("/kolding/spoerg/")
    olga.writes("What would you like to ask?", CARE)
    olga.presses("Send the question")
    olga.reads(CARE)
    question = Case.objects.get()
    here = f"/kolding/sager/{question.pk}/"

    trine = somebody(way, desk.manager)
    trine.goes_to(here)
    trine.follows("Choose a department")
    trine.chooses("Department", desk.social.label)
    trine.presses("Send")

    karl = somebody(way, desk.karl)
    for department, what in ((desk.culture, "Har I et køkken?"), (building, "Er rummet godkendt?")):
        karl.goes_to(here)
        karl.follows("Ask another department")
        karl.chooses("Department", department.label)
        karl.writes("What do you need from them?", what)
        karl.presses("Send")
    for person, said in ((desk.kaja, "Ja, om torsdagen."), (bo, "Ja, til tyve.")):
        colleague = somebody(way, person)
        colleague.goes_to(here)
        colleague.follows("Say what came of it")
        colleague.writes("What came of it?", said)
        colleague.presses("Done")
    karl.goes_to(here)
    karl.reads("Ja, til tyve.")
    karl.writes("Message", "I kan komme på torsdag.")
    karl.presses("Send")
    karl.follows("Make something of it")
    karl.presses("A draft of a challenge")
    challenge = Challenge.objects.get()
    assert (challenge.title, challenge.situation) == (question.title, CARE)
    karl.follows("Look it through and publish")
    karl.presses("Publish")
    karl.sees("Has grown of:")

    olga.goes_to(f"/min/spoergsmaal/{question.pk}/")
    olga.reads("I kan komme på torsdag.")
    expect(olga.page.get_by_text("Ja, til tyve.")).to_have_count(0)
    olga.follows("Make something of it")
    olga.presses(olga.words("A draft of a solution of %(organisation)s", organisation=desk.organisation))
    olga.presses("Offer it")
    assert Solution.objects.get().state == "published"

    karl.goes_to(f"{here}gro/")
    title = question.title
    karl.presses(karl.words("A dialogue about “%(sought)s” and “%(offered)s”", sought=title, offered=title))
    karl.reads(CARE)

    olga.opens_newest_notice()
    olga.writes("A few words along with your yes", "Ja, lad os.")
    olga.presses("Yes, let us talk")
    olga.follows("Agree on a collaboration")
    olga.overwrites(olga.field("Title"), "Torsdage på plejehjemmet")
    olga.writes("Goal", "Beboerne laver mad med os hver torsdag.")
    olga.dates("First day", clock.today())
    olga.presses("Save the draft")
    olga.presses("Put it to the parties")

    karl.opens_newest_notice()
    karl.reads("Beboerne laver mad med os hver torsdag.")
    karl.presses("Yes, we agree")
    assert Agreement.objects.get().state == AgreementState.ACTIVE
    karl.goes_to(challenge.path)
    karl.reads("Torsdage på plejehjemmet")


@ways("da", "en")
def test_one_that_is_late_escalates_and_shows_for_everybody(somebody: Enter, desk: Desk, way: dict[str, Any]) -> None:
    type(desk.lea).objects.update(language=way["language"])
    for number in range(5):
        routed(desk, f"Spørgsmål {number}?")
    long_ago = clock.now() - timedelta(days=30)
    Case.objects.update(received=long_ago, due=(long_ago + timedelta(days=7)).date())
    with acting_as(EMBEDDED_LOGINS["worker"]):
        remind_all()
        count_times(desk.municipality)

    lea = somebody(way, desk.lea)
    lea.goes_to("/min/beskeder/")
    lea.sees("The answer is late: %(title)s")
    visitor = somebody(way)
    visitor.goes_to("/kolding/spoerg/")
    visitor.follows("See who answers, how fast, and what others have asked")
    visitor.sees("Half of the questions were answered within")
    row = visitor.page.get_by_role("row").filter(has_text=desk.social.label if way["language"] == "da" else "Socialf")
    expect(row.get_by_role("cell").last).to_have_text("5")
    visitor.follows("Month by month")
    visitor.sees("Answers by month")
