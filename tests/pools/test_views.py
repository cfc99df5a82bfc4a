"""The pages of pools: what everybody sees, what fund managers do, what bad input leads to."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.people.proof import PROVED
from fyrtaarn.pools import actions
from fyrtaarn.pools.accounts import account_of
from fyrtaarn.pools.models import Call, Contribution, Pool, PoolDuty
from tests.harness.browser import html_faults
from tests.harness.people import make_employee
from tests.harness.strictness import statements_of

from .making import CRITERION, POOL, RULES, Pot, make_call, make_pool, make_pot, promise

pytestmark = pytest.mark.django_db
PLACE = "/kolding/puljer/"
HERE = f"{PLACE}puljen-for-social-oekonomi/"
MANAGE = f"{HERE}styring/"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session[PROVED] = clock.now().isoformat()
    session.save()
    return client


def html_of(path: str, client: Client | None = None, language: str = "da") -> str:
    asking = client or Client()
    asking.cookies["sprog"] = language
    answer: Any = asking.get(path)
    assert answer.status_code == 200, path
    html: str = answer.content.decode()
    assert not html_faults(html)
    return html


def sent(client: Client, path: str, data: dict[str, Any]) -> Any:
    """A form that is done: it leads on."""
    answer = client.post(path, data)
    assert answer.status_code == 302, answer.content.decode()
    return answer


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_opens_for_those_it_is_for(pot: Pot, language: str) -> None:
    pot.pay()
    actions.publish(pot.manager, make_call(pot, set_aside=1_00))
    draft = actions.draft_rules(pot.manager, pot.pool)
    duty = actions.give_duty(pot.manager, pot.pool, pot.contact, "assessor", clock.today())
    year = clock.today().year
    for page in ("", "indkaldelser/1/", "regler/1/", "penge/", f"aarsregnskab/{year}/"):
        html_of(HERE + page, language=language)
    html_of(PLACE, language=language)
    client, part, giver = signed_in(pot.manager), pot.part, pot.social
    paid = pot.given.parts.get(state="paid")
    for page in (
        "", "rediger/", f"regler/{draft.number}/", "indkaldelser/ny/", "indkaldelser/1/forlaeng/",
        "indkaldelser/1/aflys/", "bidrag/", "bidrag/ny/", f"bidrag/{giver.pk}/", f"bidrag/{giver.pk}/ud/",
        f"bidrag/rater/{part.pk}/betalt/", f"bidrag/rater/{paid.pk}/ikke-betalt/", f"bidrag/rater/{part.pk}/forfald/",
        "opgaver/", "opgaver/ny/", f"opgaver/{duty.pk}/slut/", "aar/",
    ):  # fmt: skip
        html_of(MANAGE + page, client, language)
    free = pot.pool.book.accounts.get(kind="free")
    for page in ("", f"konti/{free.pk}/", "posteringer/", "posteringer/1/", "posteringsfil/", "oekonomisystem/"):
        html_of(f"{HERE}regnskab/{page}", client, language)
    html_of(f"{PLACE}ny/", client, language)
    html_of(f"{HERE}regler/{draft.number}/", client, language)


def test_a_draft_is_for_those_who_look_after_it(pot: Pot, koebenhavn: Any) -> None:
    hidden = actions.make_pool(pot.manager, pot.municipality, {**POOL, "name": "Hemmelig"})
    call = make_call(pot)
    draft = actions.draft_rules(pot.manager, pot.pool)
    stranger, elsewhere = signed_in(pot.contact), signed_in(make_employee(koebenhavn, "fund_manager"))
    auditor = signed_in(make_employee(pot.municipality, "auditor"))
    for path in (f"{PLACE}{hidden.slug}/", f"{HERE}indkaldelser/{call.number}/", f"{HERE}regler/{draft.number}/"):
        for client in (Client(), stranger, elsewhere):
            assert client.get(path).status_code in (302, 403, 404), path
        html_of(path, auditor)
    assert stranger.get(MANAGE).status_code == 403
    html_of(MANAGE, auditor)
    assert auditor.get(f"{MANAGE}rediger/").status_code == 403
    html_of(f"{HERE}regnskab/", auditor)
    for client in (stranger, elsewhere):
        assert client.get(f"{HERE}regnskab/").status_code in (403, 404)
    assert "Hemmelig" not in html_of(PLACE)


def test_a_pool_is_made_with_rules_and_a_call_by_forms_alone(kolding: Any) -> None:
    client = signed_in(make_employee(kolding, "fund_manager"))
    sent(client, f"{PLACE}ny/", {**POOL, "two_from": "50.000", "version": 0})
    assert Pool.objects.get().two_from == 50_000_00
    sent(client, f"{MANAGE}regler/begynd/", {})
    rows = {f"criteria-0-{name}": value for name, value in CRITERION.items()} | {"criteria-1-name": ""}
    said = {**RULES, "least": "10.000", "most": "200.000", "version": 1, **rows}
    more = client.post(f"{MANAGE}regler/1/", {**said, "more-criteria": "1"})
    assert more.status_code == 200
    assert "criteria-3-name" in more.content.decode()
    assert "Meget gavn." in more.content.decode()
    stage = {"stages-0-name": "Prøve", "stages-0-most": "20.000", "stages-0-after_earlier": "on"}
    sent(client, f"{MANAGE}regler/1/", {**said, **stage})
    sent(client, f"{MANAGE}regler/1/saet-i-kraft/", {})
    sent(client, f"{MANAGE}aabn/", {})
    html = html_of(HERE)
    for words in ("Effekt: 0–5 point, vægt 2", "Prøve: op til 20.000 kr.", "fra 10.000 kr. til 200.000 kr.", "10 %"):
        assert words in html.replace("10%", "10 %"), words
    assert "The pool for social economy" in html_of(HERE, language="en")


def test_what_has_changed_between_versions_is_shown(pot: Pot) -> None:
    draft = actions.draft_rules(pot.manager, pot.pool)
    changed = {**RULES, "wages_allowed": False}
    draft = actions.change_rules(pot.manager, draft, changed, [{**CRITERION, "weight": 3}], [], draft.version)
    actions.bring_into_force(pot.manager, draft)
    html = html_of(f"{HERE}regler/2/")
    for words in ("Der må betales løn.", "Pengene må ikke bruges til løn.", "vægt 2", "vægt 3"):
        assert words in html


def test_money_comes_in_by_forms(pot: Pot) -> None:
    client, year = signed_in(pot.manager), clock.today().year
    path = f"{MANAGE}bidrag/{pot.culture.pk}/"
    said = {"year": year, "document": "Sag 9", "decided": clock.today().isoformat()}
    sent(client, path, {**said, "budget": "10.000.000", "percent": "0,5"})
    given = Contribution.objects.get(contributor=pot.culture)
    assert given.oere == 50_000_00
    part = given.parts.order_by("quarter").first()
    assert part is not None
    paying = f"{MANAGE}bidrag/rater/{part.pk}/"
    sent(client, f"{paying}forfald/", {"due": f"{year}-12-01"})
    sent(client, f"{paying}betalt/", {"document": "B1", "day": clock.today().isoformat()})
    assert pot.free == 12_500_00
    sent(client, f"{paying}ikke-betalt/", {"reason": "Fejl"})
    sent(client, f"{MANAGE}bidrag/aar/{given.pk}/ret/", {**said, "sum": "1.000", "reason": "Fejl"})
    sent(client, f"{MANAGE}bidrag/{pot.culture.pk}/ud/", {"left": f"{year}-01-01", "reason": "Ude"})
    assert "Bortfaldet" in html_of(f"{MANAGE}bidrag/", client)


SUM = {"year": "2026", "document": "x", "decided": "1.1.2026"}
CALL = {"title": "x", "opens": "2.1.2026", "version": "0"}
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("bidrag/{culture}/", SUM, "Skriv et budget"),
    ("bidrag/{culture}/", {**SUM, "sum": "mange"}, "beløb i kroner"),
    ("bidrag/{culture}/", {**SUM, "sum": "1", "year": "1999"}, "2000"),
    ("bidrag/{culture}/", {**SUM, "sum": "1", "decided": "1.1.2099"}, "i fremtiden"),
    ("bidrag/{culture}/", {**SUM, "sum": "1", "budget": "1", "percent": "1"}, "ikke begge dele"),
    ("bidrag/{culture}/", {**SUM, "budget": "1", "percent": "0,001"}, "mindre end én øre"),
    ("bidrag/{culture}/ud/", {"left": "1.1.2001", "reason": "Ude"}, "før den er med"),
    ("bidrag/rater/{part}/betalt/", {"document": "B", "day": "1.1.2099"}, "i fremtiden"),
    ("bidrag/rater/{part}/betalt/", {"document": "", "day": "i går"}, "gyldig dato"),
    ("bidrag/rater/{part}/ikke-betalt/", {"reason": "Nej"}, "ikke noteret som betalt"),
    ("indkaldelser/ny/", {**CALL, "closes": "1.1.2026"}, "før den første"),
    ("indkaldelser/ny/", {**CALL, "closes": "3.1.2026", "answer_by": "2.1.2026"}, "love svar"),
    ("indkaldelser/1/forlaeng/", {"closes": "1.1.2001", "reason": "Nej"}, "kommende dag"),
    ("opgaver/ny/", {"person": "999999", "duty": "assessor", "starts": "1.1.2026"}, "gyldig valgmulighed"),
    ("rediger/", {**POOL, "two_from": "0"}, "mindste beløb"),
    ("rediger/", {**POOL, "kind": "local_bodies", "two_from": ""}, "kan ikke ændres"),
]


@pytest.mark.parametrize(("page", "data", "words"), BAD)
def test_a_faulty_form_says_what_is_wrong(pot: Pot, page: str, data: dict[str, Any], words: str) -> None:
    actions.publish(pot.manager, make_call(pot))
    path = MANAGE + page.format(culture=pot.culture.pk, part=pot.part.pk)
    if "rediger" in page:
        data = {**data, "version": Pool.objects.get(pk=pot.pool.pk).version}
    answer = signed_in(pot.manager).post(path, data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert not html_faults(html)
    assert words in html or words in html.replace("&quot;", '"'), html


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"most": "9.999"}, "lavere end det mindste"),
        ({"own_share": "91"}, "90"),
        ({"criteria-0-weight": "101"}, "100"),
        ({"stages-0-name": "Trin uden beløb"}, "højeste beløb på dette trin"),
        ({"kinds": ["hackers"]}, "hackers"),
        ({"least": ""}, "påkrævet"),
    ],
)
def test_faulty_rules_are_told_row_by_row(pot: Pot, changed: dict[str, Any], words: str) -> None:
    draft = actions.draft_rules(pot.manager, pot.pool)
    rows = {f"criteria-0-{name}": value for name, value in CRITERION.items()}
    said = {**RULES, "least": "10.000", "most": "200.000", "version": draft.version, **rows, **changed}
    answer = signed_in(pot.manager).post(f"{MANAGE}regler/2/", said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Meget gavn." in answer.content.decode()


def test_who_is_overtaken_keeps_her_draft(pot: Pot) -> None:
    draft = actions.draft_rules(pot.manager, pot.pool)
    said = {**RULES, "least": "10.000", "most": "200.000", "version": draft.version, "guidance": "Mine ord"}
    actions.change_rules(pot.manager, draft, RULES, [], [], draft.version)
    client = signed_in(pot.manager)
    answer = client.post(f"{MANAGE}regler/2/", said)
    assert answer.status_code == 422
    assert "Mine ord" in answer.content.decode()
    sent(client, f"{MANAGE}regler/2/", {**said, "version": draft.version + 1})


def test_a_call_that_asks_for_too_much_is_refused_in_words(pot: Pot) -> None:
    make_call(pot, set_aside=1)
    answer = signed_in(pot.manager).post(f"{MANAGE}indkaldelser/1/offentliggoer/", follow=True)
    assert answer.status_code == 200
    assert Call.objects.get().state == "draft"
    assert "0 kr." in answer.content.decode()


def test_a_duty_is_given_and_ended_on_its_last_day(pot: Pot) -> None:
    client, today = signed_in(pot.manager), clock.today()
    sent(client, f"{MANAGE}opgaver/ny/", {"person": pot.contact.pk, "duty": "decider", "starts": today.isoformat()})
    duty = PoolDuty.objects.get()
    sent(client, f"{MANAGE}opgaver/{duty.pk}/slut/", {"last_day": today.isoformat()})
    duty.refresh_from_db()
    assert (duty.last_day, duty.ends) == (today, today + timedelta(days=1))


def test_no_page_asks_the_database_often(over: Pot) -> None:
    actions.publish(over.manager, make_call(over, set_aside=1_00))
    year, client = clock.today().year - 1, signed_in(over.manager)
    pages = (
        PLACE, HERE, f"{HERE}indkaldelser/1/", f"{HERE}regler/1/", f"{HERE}penge/", f"{HERE}aarsregnskab/{year}/",
        MANAGE, f"{MANAGE}bidrag/", f"{MANAGE}opgaver/", f"{MANAGE}aar/",
    )  # fmt: skip
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        asked = statements_of(captured)
        assert len(asked) <= 12, (page, asked)


@pytest.fixture
def over(kolding: Any, monkeypatch: Any) -> Pot:
    """A pool with money of last year."""
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: date(today.year - 1, 2, 1))
    pot = make_pot(kolding, leftover="returned")
    actions.decide(pot.manager, pot.culture, today.year - 1, promise(50_000_00))
    for part in pot.culture.contributions.get().parts.order_by("quarter")[:1]:
        actions.note_paid(pot.manager, part, "B2")
    pot.pay()
    monkeypatch.setattr(clock, "today", lambda: today)
    return pot


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_year_is_closed_and_paid_back_by_forms(over: Pot, language: str) -> None:
    client, year = signed_in(over.manager), clock.today().year - 1
    html = html_of(f"{MANAGE}aar/", client, language)
    assert str(year) in html
    sent(client, f"{MANAGE}aar/{year}/afslut/", {})
    closed = over.pool.closed_years.get()
    share = closed.shares.order_by("pk").first()
    assert share is not None
    html_of(f"{MANAGE}aar/", client, language)
    sent(client, f"{MANAGE}aar/tilbage/{share.pk}/", {"document": "B 7"})
    html_of(f"{HERE}aarsregnskab/{year}/", language=language)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_account_is_a_pdf_for_a_screen_reader(over: Pot, language: str) -> None:
    client = Client()
    client.cookies["sprog"] = language
    answer = client.get(f"{HERE}aarsregnskab/{clock.today().year - 1}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    for sign in (b"/StructTreeRoot", b"/Marked true", b"pdfuaid:part", b"/Alt", f"({language})".encode()):
        assert sign in answer.content, sign
    assert Client().get(f"{HERE}aarsregnskab/1999/pdf/").status_code == 404


def test_an_account_goes_from_beginning_to_end_to_the_oere(over: Pot) -> None:
    year = clock.today().year
    actions.close_year(over.manager, over.pool, year - 1)
    before, now = account_of(over.pool, year - 1), account_of(over.pool, year)
    assert [oere for _label, oere in before.rows] == [0, 37_500_01, 0, 0, 37_500_01]
    assert sum(oere for _label, oere in before.standing) == 37_500_01
    assert dict(now.standing)["Skal betales tilbage til bidragyderne"] == 37_500_01
    for found in (before, now):
        *way, end = [oere for _label, oere in found.rows]
        assert sum(way) == end == sum(oere for _label, oere in found.standing)


def test_contributions_can_be_taken_away_as_files(pot: Pot) -> None:
    answer: Any = Client().get(f"{HERE}penge/?format=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "Socialforvaltningen" in text
    assert "25000,01" in text.replace(".", "")


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_told_reads_well(over: Pot, language: str) -> None:
    actions.close_year(over.manager, over.pool, clock.today().year - 1)
    with translation.override(language):
        for notice in Notice.objects.all():
            words = words_of(notice)
            assert words.title
            assert words.text
            assert "Socialforvaltningen" in words.title + words.text or "ulje" in words.title + words.text


def test_pools_of_another_municipality_are_not_here(pot: Pot, koebenhavn: Any) -> None:
    make_pool(koebenhavn, make_employee(koebenhavn, "fund_manager"), name="Byens pulje")  # type: ignore[arg-type]
    assert Client().get(f"{PLACE}byens-pulje/").status_code == 404
    assert "Byens pulje" not in html_of(PLACE)
