"""Three enterprises apply to a pool: on a phone, by keyboard, and in several hands."""

from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation.money import amount, kroner
from fyrtaarn.organisations.models import Membership, Organisation
from tests.applications.conftest import Round, make_call, make_round
from tests.harness.people import make_organisation, make_user

from .conftest import Enter, ways
from .person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]


def money(person: Person, oere: int) -> str:
    """An amount as she writes it."""
    with translation.override(person.language):
        return amount(oere)


def reads_money(person: Person, oere: int, within: Locator) -> None:
    """The amount stands there to the øre."""
    with translation.override(person.language):
        expect(within).to_contain_text(kroner(oere))


@ways("da", "en")
def test_three_enterprises_apply(somebody: Enter, kolding: Any, way: dict[str, Any]) -> None:
    around = make_round(kolding, own_share=10)
    make_call(around.manager, kolding, name="Den anden pulje")
    Organisation.objects.filter(pk=around.organisation.pk).update(what="Vi laver mad.", for_whom="Ældre.")
    bo, kim, kit = make_user("Bo Bager"), make_user("Kim Kok"), make_user("Kit Kok")
    make_organisation(kolding, "Eksempelbageriet", owner=bo, what="Vi bager.", for_whom="Unge.")
    canteen: Any = make_organisation(kolding, "Eksempelkantinen", owner=kim, what="Vi koger.", for_whom="Børn.")
    Membership.objects.create(user=kit, organisation=canteen, kind="member")

    olga = somebody({**way, "on_phone": True}, around.owner)
    applies_on_a_phone(olga)
    bo_by_keyboard = somebody({**way, "keyboard_only": True}, bo)
    applies_by_keyboard(bo_by_keyboard, around)
    applies_in_several_hands(somebody(way, kim), somebody(way, kit), around)

    manager = somebody(way, around.manager)
    sends_back(manager, "Fællesspisning")
    mends(olga)
    sees_what_was_mended(manager)
    withdraws_and_carries_over(bo_by_keyboard)
    states = dict(Application.objects.values_list("title", "state").order_by("pk"))
    assert states["Fællesspisning"] == "sent"
    assert Application.objects.filter(title="Brød til alle").count() == 2


def begins(person: Person) -> None:
    person.goes_to("/min/ansoegninger/")
    person.follows("Apply: %(call)s", call="Ansøg nu")
    person.presses("Begin")


def fills_in(person: Person, title: str) -> None:
    """What nobody knows yet; the rest is there."""
    person.writes("Title", title)
    person.presses("Save and go on")
    writes_goals_and_budget(person)
    person.presses("Save and go on")
    writes_economy(person)


def writes_goals_and_budget(person: Person) -> None:
    page = person.page
    person.overwrites(page.locator("#id_goals-0-text"), "Flere spiser sammen")
    person.overwrites(page.locator("#id_goals-0-measure"), "Vi tæller")
    person.presses("Save and go on")
    person.overwrites(page.locator("#id_lines-0-text"), "Gryder")
    person.overwrites(page.locator("#id_lines-0-oere"), money(person, 1_250_050))
    person.overwrites(page.locator("#id_lines-1-text"), "Egen tid")
    person.picks(page.locator("#id_lines-1-source"), person.words("Own money or time"))
    person.overwrites(page.locator("#id_lines-1-oere"), money(person, 250_000))
    reads_money(person, 1_500_050, page.locator("[data-sum=total]"))


def writes_economy(person: Person) -> None:
    person.writes("How will it carry itself afterwards?", "Gæsterne betaler for maden.")
    person.ticks("We have told of all state aid in the last three years, or there is none")
    person.presses("Save and go on")


def sends(person: Person) -> None:
    person.presses("Send the application")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(person.words("Receipt"))


def applies_on_a_phone(olga: Person) -> None:
    begins(olga)
    expect(olga.field("What will you do?")).to_have_value("Vi laver mad.")
    fills_in(olga, "Fællesspisning")
    assert olga.page.viewport_size == olga.size
    sends(olga)


def applies_by_keyboard(bo: Person, around: Round) -> None:
    """Every control has a role and a name, and a fault is told where it is."""
    begins(bo)
    names_its_controls(bo.page)
    bo.writes("Title", "Brød til alle")
    bo.presses("Save and go on")
    names_its_controls(bo.page)
    bo.overwrites(bo.page.locator("#id_goals-0-text"), "Flere bager")
    bo.overwrites(bo.page.locator("#id_goals-0-measure"), "Vi tæller")
    bo.presses("Save and go on")
    names_its_controls(bo.page)
    faulty = bo.page.locator("#id_lines-0-oere")
    bo.overwrites(bo.page.locator("#id_lines-0-text"), "Ovn")
    bo.overwrites(faulty, "tolv")
    bo.presses("Save and go on")
    fault = bo.words("Write an amount in kroner, such as 12.500 or 12.500,50.")
    expect(faulty).to_have_role("textbox")
    expect(faulty).to_have_accessible_name(bo.words("Amount in kroner"))
    expect(faulty).to_have_accessible_description(f"{bo.words('Error:')} {fault}")
    expect(faulty).to_have_attribute("aria-invalid", "true")
    expect(bo.page.get_by_role("alert")).to_be_focused()
    expect(bo.page.get_by_role("alert").get_by_role("link")).to_contain_text(fault)
    expect(bo.page.get_by_role("group", name=f"{bo.words('Line')} 1", exact=True)).to_contain_text(fault)
    bo.overwrites(faulty, money(bo, 2_000_000))
    bo.overwrites(bo.page.locator("#id_lines-1-text"), "Egen tid")
    bo.picks(bo.page.locator("#id_lines-1-source"), bo.words("Own money or time"))
    bo.overwrites(bo.page.locator("#id_lines-1-oere"), money(bo, 1_000_000))
    bo.presses("Save and go on")
    names_its_controls(bo.page)
    writes_economy(bo)
    sends(bo)


CONTROLS = {"textbox", "combobox", "checkbox", "radio", "button", "link", "listbox", "spinbutton", "Date"}


def names_its_controls(page: Page) -> None:
    """What a screen reader is told of the page: each control has a name, and the page its landmarks and one title."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    told = [(one["role"]["value"], one.get("name", {}).get("value", "")) for one in nodes if not one.get("ignored")]
    roles = [role for role, _name in told]
    assert {"main", "banner", "contentinfo", "navigation"} <= set(roles)
    assert [role for role, name in told if role in CONTROLS and not name.strip()] == []
    assert sum(one["role"]["value"] == "heading" and _level(one) == 1 for one in nodes if not one.get("ignored")) == 1
    session.detach()


def _level(node: dict[str, Any]) -> int | None:
    return next((one["value"]["value"] for one in node.get("properties", []) if one["name"] == "level"), None)


def applies_in_several_hands(kim: Person, kit: Person, around: Round) -> None:
    """Both write on the first step at once; who saves last sees both texts, and what she wrote is not lost."""
    begins(kim)
    found = Application.objects.get(organisation__name="Eksempelkantinen")
    kit.goes_to(f"{found.path}skriv/hvad/")
    kim.writes("Title", "Suppe til børn")
    kim.presses("Save and go on")
    kit.writes("Title", "Suppe til store børn")
    kit.presses("Save and go on")
    kit.sees("Somebody else saved first")
    row = kit.page.get_by_role("row").filter(has_text="Suppe til store børn")
    expect(row).to_contain_text("Suppe til børn")
    kit.presses("Save mine on top")
    kim.goes_to(f"{found.path}skriv/effekt/")
    writes_goals_and_budget(kim)
    kim.presses("Save and go on")
    kit.goes_to(f"{found.path}skriv/oekonomi/")
    writes_economy(kit)
    expect(kit.page.locator("main")).to_contain_text("Suppe til store børn")
    sends(kit)


def sends_back(manager: Person, title: str) -> None:
    manager.goes_to("/kolding/puljer/")
    manager.follows("See the applications")
    number = Application.objects.get(title=title).number
    manager.follows_title(number)
    manager.follows("Send it back to be mended")
    manager.writes("What is to be mended?", "Skriv, hvor mange der spiser med.")
    manager.presses("Send it back")


def mends(olga: Person) -> None:
    olga.goes_to("/min/overblik/")
    olga.follows_title("Fællesspisning")
    olga.reads("Skriv, hvor mange der spiser med.")
    olga.follows("Write on")
    olga.writes("What will you do?", "Vi laver mad til fyrre.")
    olga.presses("Save and check")
    sends(olga)


def sees_what_was_mended(manager: Person) -> None:
    manager.page.reload()
    row = manager.page.get_by_role("row").filter(has_text="Vi laver mad til fyrre.")
    expect(row).to_contain_text("Vi laver mad.")


def withdraws_and_carries_over(bo: Person) -> None:
    bo.follows("See the application")
    bo.presses("Withdraw")
    bo.follows("Carry it over to another pool")
    bo.ticks("Kolding: Den anden pulje, Ansøg nu")
    bo.presses("Carry it over")
    expect(bo.field("Title")).to_have_value("Brød til alle")
