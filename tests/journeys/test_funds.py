"""Two departments and a local committee fund a pool and get back what is left; three enterprises apply to one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from fyrtaarn.applications.models import Application
from fyrtaarn.areas.models import LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.money import amount, kroner
from fyrtaarn.organisations.models import Membership, Organisation
from fyrtaarn.pools.models import ContributionPart, LeftoverShare, Pool
from tests.applications.conftest import Round, make_call, make_round
from tests.harness.people import make_department, make_employee, make_organisation, make_user

from .conftest import Enter, ways
from .person import Person

SENIORS, CULTURE, COMMITTEE = "Seniorforvaltningen", "Kulturforvaltningen", "Vamdrup Byforum"
GIVEN = {SENIORS: 100_000, CULTURE: 200_050, COMMITTEE: 33_333}
SET_ASIDE = 123_456
BUDGET, PERCENT = 200_000_000, "0,05"
"""What the seniors' department gives, as a percentage of a budget."""
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]


def money(person: Person, oere: int) -> str:
    """An amount as she writes it."""
    with translation.override(person.language):
        return amount(oere)


def reads_money(person: Person, oere: int, within: Locator) -> None:
    """The amount stands there to the øre."""
    with translation.override(person.language):
        expect(within).to_contain_text(kroner(oere))


# A pool is fed, one is late, and a year is closed


@ways("da", "en", "da-without-scripts")
def test_three_fund_a_pool_and_get_back_what_is_left(somebody: Enter, kolding: Any, way: dict[str, Any]) -> None:
    seniors = make_department(kolding, SENIORS)
    make_department(kolding, CULTURE)
    LocalBody.objects.create(municipality=kolding, name=COMMITTEE, slug="vamdrup", kind="local_council")
    with pytest.MonkeyPatch.context() as last_year:
        day = clock.now().replace(year=clock.today().year - 1, month=12, day=30)
        last_year.setattr(clock, "now", lambda: day)  # the days of a book go one way
        manager = make_employee(kolding, "fund_manager", name="Frida Fond")
        frida = somebody(way, manager)
        makes_a_pool(frida)
        lets_three_feed_it(frida)
        for giver in GIVEN:
            is_given_and_paid(frida, giver)

    frida = somebody(way, manager)
    kaj = somebody(way, make_employee(kolding, "contact_person", seniors, name="Kaj Kontakt"))
    opens_a_call(frida)
    closes_the_year(frida)
    for giver in (SENIORS, CULTURE):
        this_year_is_given(frida, giver)
    confirms_and_pays(kaj)
    notes_what_has_come(frida)
    one_is_late(frida)
    pays_back(frida)


def makes_a_pool(frida: Person) -> None:
    frida.goes_to("/kolding/")
    frida.follows("Pools of money")
    frida.follows("New pool")
    frida.writes("Name", "Byens pulje")
    frida.writes("What is the money for?", "Penge til nye løsninger.")
    frida.ticks("Departments and local committees together")
    frida.ticks("It goes back to those who gave it, in proportion to what each gave")
    frida.presses("Save")
    frida.presses("Begin a new version")
    frida.overwrites(frida.page.locator("#id_criteria-0-name"), "Effekt")
    frida.presses("Save the draft")
    frida.presses("Bring into force")
    frida.presses("Open the pool")
    frida.sees("Penge til nye løsninger.")


def lets_three_feed_it(frida: Person) -> None:
    frida.follows("Look after it")
    frida.follows("Contributions")
    for giver in GIVEN:
        frida.follows("New contributor")
        frida.chooses("Who?", giver)
        frida.dates("With the pool from", clock.today().replace(month=10, day=1))
        frida.presses("Save")


def is_given_and_paid(frida: Person, giver: str) -> None:
    frida.follows("Note what it gives for a year", within=frida.section(giver))
    if giver == SENIORS:
        frida.writes("Budget", money(frida, BUDGET))
        frida.writes("Percentage of it", PERCENT if frida.language == "da" else PERCENT.replace(",", "."))
    else:
        frida.writes("Or a sum", money(frida, GIVEN[giver]))
    frida.writes("Decision or document", "Sag 1")
    frida.presses("Save")
    frida.follows("Note as paid", within=frida.section(giver))
    reads_money(frida, GIVEN[giver], frida.page.locator("main"))
    frida.writes("Voucher", f"Bilag {giver}")
    frida.presses("Save")


def opens_a_call(frida: Person) -> None:
    frida.goes_to("/kolding/puljer/byens-pulje/styring/")
    frida.follows("New call")
    frida.writes("Title", "Forårets indkaldelse")
    frida.dates("Last day to apply", clock.today() + timedelta(days=30))
    frida.writes("Money set aside", money(frida, SET_ASIDE))
    frida.presses("Save")
    frida.presses("Publish")
    frida.sees("One can apply now")


def closes_the_year(frida: Person) -> None:
    """What is left goes back by the largest remainder, each share shown to the øre before the books are closed."""
    frida.goes_to("/kolding/puljer/byens-pulje/styring/aar/")
    shares = shares_of(sum(GIVEN.values()) - SET_ASIDE)
    for giver, oere in shares.items():
        row = frida.page.get_by_role("row").filter(has_text=giver)
        reads_money(frida, GIVEN[giver], row)
        reads_money(frida, oere, row.get_by_role("cell").last)
    frida.presses("Close the books of the year")
    assert {str(one.contributor): one.oere for one in LeftoverShare.objects.order_by("pk")} == shares


def shares_of(left: int) -> dict[str, int]:
    """Whole øre of each quota, and one more for the largest remainders."""
    whole = sum(GIVEN.values())
    shares = {giver: left * oere // whole for giver, oere in GIVEN.items()}
    by_remainder = sorted(GIVEN, key=lambda giver: left * GIVEN[giver] % whole, reverse=True)
    for giver in by_remainder[: left - sum(shares.values())]:
        shares[giver] += 1
    return shares


def this_year_is_given(frida: Person, giver: str) -> None:
    frida.goes_to("/kolding/puljer/byens-pulje/styring/bidrag/")
    frida.follows("Note what it gives for a year", within=frida.section(giver))
    frida.writes("Or a sum", money(frida, 400_001))
    frida.writes("Decision or document", "Sag 2")
    frida.dates("1st quarter is paid on", clock.today() - timedelta(days=1))
    frida.presses("Save")


def confirms_and_pays(kaj: Person) -> None:
    kaj.goes_to("/kolding/")
    kaj.opens_newest_notice()
    kaj.presses("Confirm")
    kaj.follows("Say that it is paid")
    kaj.writes("Voucher", "Overførsel 7")
    kaj.presses("Say that it is paid")
    kaj.reads("Overførsel 7")


def notes_what_has_come(frida: Person) -> None:
    frida.opens_newest_notice()
    seniors = frida.section(SENIORS)
    expect(seniors).to_contain_text("Overførsel 7")
    expect(seniors).to_contain_text("Kaj Kontakt")
    frida.follows("Note as paid", within=seniors)
    expect(frida.field("Voucher")).to_have_value("Overførsel 7")
    frida.presses("Save")
    paid = ContributionPart.objects.get(contribution__year=clock.today().year, state="paid")
    assert (paid.quarter, paid.oere) == (1, 100_001)


def one_is_late(frida: Person) -> None:
    expect(frida.section(CULTURE)).to_contain_text(frida.words("Not paid in time"))
    frida.goes_to("/min/overblik/")
    expect(frida.page.locator("main")).to_contain_text(f"Byens pulje: {CULTURE}")


def pays_back(frida: Person) -> None:
    frida.goes_to("/kolding/puljer/byens-pulje/styring/aar/")
    for giver in GIVEN:
        frida.follows("Note as paid back", within=frida.page.get_by_role("row").filter(has_text=giver))
        frida.writes("Voucher", f"Retur {giver}")
        frida.presses("Save")
    assert not LeftoverShare.objects.filter(paid=None).exists()
    pool = Pool.objects.get()
    frida.goes_to(f"/kolding/puljer/{pool.slug}/aarsregnskab/{clock.today().year}/")
    what = frida.page.get_by_role("rowheader", name=frida.words("Paid back to contributors"), exact=True)
    reads_money(frida, SET_ASIDE - sum(GIVEN.values()), frida.page.get_by_role("row").filter(has=what))


# Three enterprises apply


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
