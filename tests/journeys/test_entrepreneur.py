"""An entrepreneur signs up, adds her organisation, offers a solution, finds a challenge, talks and agrees."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation import clock
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User
from fyrtaarn.portal.models import Solution
from tests.portal.conftest import make_challenge

from .conftest import Enter, Town, ways, work
from .person import PASSWORD, Person

CVR = "90000012"
NAME = "Inger Iværksætter"
ADDRESS = "inger@example.dk"
COMPANY = "Eksempelhuset ApS"
CHALLENGE = "Unge uden uddannelse"
SITUATION = "Mange unge går hjemme uden job og uddannelse. De mangler et sted, hvor de kan lære et håndværk."
SOLUTION = "Håndværk for unge"
WHAT = "Unge uden job og uddannelse lærer et håndværk hos os i et halvt år."
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def register(settings: Any, tmp_path: Path) -> None:
    """A company register that knows one company."""
    file = tmp_path / "companies.csv"
    file.write_text(
        "cvr,name,address,postcode,town,municipality_code,status\n"
        f"{CVR},{COMPANY},Eksempelvej 7,6000,Kolding,0621,aktiv\n"
    )
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, cvr_csv=str(file))


@pytest.fixture
def challenge(town: Town) -> Any:
    return make_challenge(
        town.employee,
        town.kolding,
        published=True,
        title=CHALLENGE,
        situation=SITUATION,
        department=town.seniors,
        contact=town.employee,
    )


@pytest.mark.usefixtures("register")
@ways("da", "en", "da-without-scripts", "da-by-keyboard", "en-by-keyboard")
def test_from_sign_up_to_an_agreement(
    somebody: Enter, town: Town, challenge: Any, kept_mail: Path, way: dict[str, Any]
) -> None:
    inger = somebody(way, who=NAME)
    signs_up(inger)
    confirms_her_address(inger, kept_mail)
    adds_her_organisation(inger)
    offers_a_solution(inger)
    finds_the_challenge(inger)
    shows_interest(inger)

    mette = somebody(way, town.employee)
    answers(mette)
    they_talk(inger, mette)
    proposes_a_collaboration(mette)
    agrees(inger)
    assert Agreement.objects.get().state == "active"


def signs_up(person: Person) -> None:
    person.goes_to("/kolding/")
    person.follows("Sign in")
    person.follows("Make an account")
    person.writes("Your name", NAME)
    person.writes("E-mail address", ADDRESS)
    person.writes("Password", PASSWORD)
    person.presses("Make an account")
    person.sees("Look in your mail")


def confirms_her_address(person: Person, kept_mail: Path) -> None:
    work()
    person.goes_to(link_in(kept_mail, ADDRESS))
    person.presses("Yes, it is mine")
    person.sees("Hello, %(name)s", name=NAME)
    assert User.objects.get(email=ADDRESS).language == person.language


def link_in(kept_mail: Path, address: str) -> str:
    """The link in the only mail to an address."""
    (text,) = (text for file in kept_mail.iterdir() if f"To: {address}" in (text := read_mail(file)))
    return re.findall(r"http\S+", text)[0]


def read_mail(file: Path) -> str:
    from email import message_from_bytes, policy

    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    return f"To: {mail['To']}\n{mail.get_content()}"


def adds_her_organisation(person: Person) -> None:
    person.goes_to("/min/overblik/")
    person.follows("Add your organisation")
    person.follows("Add an organisation")
    person.writes("CVR number", CVR)
    person.presses("Continue")
    expect(person.field("name")).to_have_value(COMPANY)
    expect(person.field("town")).to_have_value("Kolding")
    person.ticks("Social enterprise")
    person.writes("what you do", "Vi driver et værksted, hvor unge lærer et håndværk.")
    person.presses("Save the organisation")
    person.sees("%(name)s is described. Now you can offer solutions.", name=COMPANY)
    assert str(Organisation.objects.get(cvr=CVR).home) == "Kolding"


def offers_a_solution(person: Person) -> None:
    person.follows("New solution")
    person.writes("title", SOLUTION)
    person.writes("what does it do?", WHAT)
    person.ticks("Tried out")
    person.presses("Offer it")
    person.sees("The solution is offered. Below are the challenges that it fits.")
    fitting = person.section("Challenges that it fits").get_by_role("listitem").filter(has_text=CHALLENGE).first
    expect(fitting.get_by_text(person.words("Why it fits"))).to_be_visible()
    assert Solution.objects.get(title=SOLUTION).state == "published"


def finds_the_challenge(person: Person) -> None:
    person.goes_to("/")
    person.searches("unge uden uddannelse")
    person.follows_title(CHALLENGE)
    person.reads(SITUATION)


def shows_interest(person: Person) -> None:
    person.follows("Show interest")
    person.writes("message", "Vi har plads til fem unge fra på mandag.")
    person.presses("Send")
    person.sees("Sent. You are told when they answer.")


def answers(person: Person) -> None:
    person.goes_to("/min/overblik/")
    person.opens_newest_notice()
    person.reads("Vi har plads til fem unge fra på mandag.")
    person.writes("A few words along with your yes", "Det lyder godt. Kom forbi på rådhuset.")
    person.presses("Yes, let us talk")
    person.reads("Det lyder godt. Kom forbi på rådhuset.")


def they_talk(inger: Person, mette: Person) -> None:
    inger.opens_newest_notice()
    inger.reads("Det lyder godt. Kom forbi på rådhuset.")
    inger.writes("message", "Vi kommer på tirsdag klokken ti.")
    inger.presses("Send", stays=inger.has_scripts)
    inger.reads("Vi kommer på tirsdag klokken ti.")
    mette.opens_newest_notice()
    mette.reads("Vi kommer på tirsdag klokken ti.")
    mette.writes("message", "Vi glæder os.")
    mette.presses("Send", stays=mette.has_scripts)
    mette.reads("Vi glæder os.")


def proposes_a_collaboration(person: Person) -> None:
    person.follows("Agree on a collaboration")
    person.writes("Goal", "Fem unge er i gang med at lære et håndværk.")
    person.dates("First day", clock.today())
    person.presses("Save the draft")
    person.presses("Put it to the parties")
    person.sees("The others are told. It comes into force when all have said yes.")


def agrees(person: Person) -> None:
    person.opens_newest_notice()
    person.reads("Fem unge er i gang med at lære et håndværk.")
    person.presses("Yes, we agree")
    person.sees("All have said yes. It is now in force.")
