"""The catalogue for everybody, and a municipality's choice."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.effects import actions
from fyrtaarn.effects.models import Indicator, Outcome, WantedEffect
from fyrtaarn.topics.models import Theme
from tests.harness.people import make_department, make_employee
from tests.portal.conftest import make_challenge

from .test_loading import ship

CHOOSE = "/kolding/administration/effekt/"


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    body = b"".join(response) if response.streaming else response.content
    return str(body.decode())


def test_everybody_sees_all_indicators_in_few_statements(client: Client, catalogue: None, at_most_queries: Any) -> None:
    with at_most_queries(8):
        page = text_of(client, "/effekt/")
    assert page.count('data-title="Indikator"') == Indicator.objects.count()
    assert "Mennesker (25)" in page


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("bundlinje=people", "Fremmøde", "Årsværk"),
        ("bundlinje=enterprise", "Årsværk", "Fremmøde"),
        ("soeg=badevægt", "Reddet mad", "Årsværk"),
        ("verdensmaal=13", "Undgået udledning", "Fremmøde"),
        ("tema={food}", "Reddet mad", "Fremmøde"),
        ("virkning={jobs}", "Nye arbejdspladser", "Fremmøde"),
    ],
)
def test_the_catalogue_is_narrowed(client: Client, catalogue: None, query: str, there: str, gone: str) -> None:
    keys = {
        "food": Theme.objects.get(slug="mad-og-madspild").pk,
        "jobs": Outcome.objects.get(key="arbejdspladser").pk,
    }
    page = text_of(client, f"/effekt/?{query.format(**keys)}")
    assert f">{there}</a>" in page
    assert f">{gone}</a>" not in page


@pytest.mark.parametrize(
    "query", ["bundlinje=x", "tema=abc", "virkning=9999999999999999999", "sortering=x", "soeg=%00"]
)
def test_a_choice_that_is_none_is_said_and_narrows_nothing(client: Client, catalogue: None, query: str) -> None:
    assert "Fremmøde" in text_of(client, f"/effekt/?{query}")


def test_the_file_says_all_in_the_readers_language(client: Client, catalogue: None) -> None:
    danish = text_of(client, "/effekt/?format=csv")
    assert "Brug den danske udgave, som den er." in danish
    assert len(danish.splitlines()) == 1 + Indicator.objects.count()
    client.cookies["sprog"] = "en"
    english = text_of(client, "/effekt/?format=csv&sortering=navn")
    assert "Use the official translation as it is." in english
    assert english.index("Absence" if "Absence" in english else "Attendance") < english.index("Well-being measured")


def test_the_page_of_an_indicator_says_how_it_is_counted(client: Client, catalogue: None, at_most_queries: Any) -> None:
    with at_most_queries(4):
        page = text_of(client, "/effekt/i-job-efter-et-aar/")
    for words in ("Antal, der er i job efter tolv måneder", "8. Anstændige jobs", "delmål 8.5", "Løntimer"):
        assert words in page
    client.cookies["sprog"] = "en"
    assert "Number in work after twelve months" in text_of(client, "/effekt/i-job-efter-et-aar/")
    assert "IRIS+ OI1166" in text_of(client, "/effekt/frivillige-timer/")


def test_an_earlier_version_can_be_read(client: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(monkeypatch, "deltagere", number=2, name_da="Gæster")
    assert '<h1 class="h1">Gæster</h1>' in text_of(client, "/effekt/deltagere/")
    earlier = text_of(client, "/effekt/deltagere/1/")
    assert '<h1 class="h1">Deltagere</h1>' in earlier
    assert "tidligere version" in earlier
    ship(monkeypatch, "deltagere", number=0)
    assert "måles ikke længere" in text_of(client, "/effekt/deltagere/")
    assert "deltagere/" not in text_of(client, "/effekt/")


@pytest.mark.parametrize(
    "path", ["/effekt/findes-ikke/", "/effekt/deltagere/7/", "/effekt/deltagere/99999999999999999999/"]
)
def test_what_is_not_there_is_not_found(client: Client, catalogue: None, path: str) -> None:
    text_of(client, path, 404)


def test_what_a_municipality_wants_shows_on_its_pages(
    client: Client, catalogue: None, kolding: Any, koebenhavn: Any, administrator: Any
) -> None:
    assert "Der er ikke valgt nogen" in text_of(client, "/kolding/effekt/")
    food = Outcome.objects.get(key="genbrug-og-mad")
    actions.choose_wanted(administrator, kolding, seen=[], chosen=[food])
    page = text_of(client, "/kolding/effekt/")
    assert "Reddet mad" in page
    assert "Vælg virkninger" not in page
    assert "Genbrug og mindre spild" in text_of(client, "/kolding/")
    assert "Genbrug og mindre spild" not in text_of(client, "/koebenhavn/")


def test_a_challenge_shows_what_is_wanted_within_its_themes(
    client: Client, catalogue: None, kolding: Any, administrator: Any
) -> None:
    editor = make_employee(kolding, "department_editor", make_department(kolding))
    challenge = make_challenge(editor, kolding, published=True)
    chosen = list(Outcome.objects.filter(key__in=("genbrug-og-mad", "i-arbejde")))
    actions.choose_wanted(administrator, kolding, seen=[], chosen=chosen)
    challenge.themes.set(Theme.objects.filter(slug="mad-og-madspild"))
    page = text_of(client, challenge.path)
    assert "#genbrug-og-mad" in page
    assert "#i-arbejde" not in page
    challenge.themes.clear()
    assert "Virkninger, kommunen ønsker" not in text_of(client, challenge.path)


def test_an_administrator_chooses(client: Client, catalogue: None, kolding: Any, administrator: Any) -> None:
    client.force_login(administrator)
    job, company = (Outcome.objects.get(key=key) for key in ("i-arbejde", "faellesskab"))
    assert "I arbejde: " in text_of(client, CHOOSE)
    answer = client.post(CHOOSE, {"seen": "", "people": [job.pk, company.pk]})
    assert answer.headers["Location"] == "/kolding/effekt/"
    assert "checked" in text_of(client, CHOOSE)
    client.post(CHOOSE, {"seen": f"{job.pk}", "people": [job.pk]})  # a colleague has added the other meanwhile
    assert WantedEffect.objects.count() == 2
    client.post(CHOOSE, {"seen": f"{job.pk},{company.pk}"})
    assert WantedEffect.objects.count() == 0


@pytest.mark.parametrize("form", [{"people": "x"}, {"people": "99999999999999999999"}, {"seen": "1" * 600}])
def test_a_faulty_choice_is_said_and_changes_nothing(
    client: Client, catalogue: None, administrator: Any, form: dict[str, str]
) -> None:
    client.force_login(administrator)
    assert client.post(CHOOSE, form).status_code == 422
    assert WantedEffect.objects.count() == 0


def test_an_outcome_of_another_line_is_no_choice(client: Client, catalogue: None, administrator: Any) -> None:
    client.force_login(administrator)
    society = Outcome.objects.filter(bottom_line="society").first()
    assert client.post(CHOOSE, {"seen": "", "people": [society.pk]}).status_code == 422  # type: ignore[union-attr]


def test_others_do_not_choose(client: Client, catalogue: None, kolding: Any) -> None:
    client.force_login(make_employee(kolding, "department_editor", make_department(kolding)))
    assert client.get(CHOOSE).status_code == 403
    assert client.post(CHOOSE, {"seen": ""}).status_code == 403
