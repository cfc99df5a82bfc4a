"""The pages of pitches for the team, the ambassador and everybody else."""

from typing import Any

import pytest

from fyrtaarn.organisations.ambassadors.states import AMBASSADOR_STATES
from fyrtaarn.pitches import actions
from fyrtaarn.pitches.models import LONGEST, Pitch, PitchReview
from fyrtaarn.pitches.parts import Part
from tests.harness.pdf import text_of

from .table import TEXTS, Table

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_team_writes_it_step_by_step(client: Any, table: Table) -> None:
    client.force_login(table.olga)
    assert "Ingen pitch endnu" in text(client.get("/min/pitch/"))
    assert client.post("/min/pitch/ny/", {"organisation": "x", "offer": "999"}).status_code == 422
    begun = client.post("/min/pitch/ny/", {"organisation": table.organisation.pk})
    pitch = Pitch.objects.get()
    first = f"/min/pitch/{pitch.pk}/skriv/problem/"
    assert begun.headers["Location"] == first
    assert "60 ord" in text(client.get(first))
    bad = client.post(first, {"title": "x" * 101, "problem": "y" * (LONGEST + 1), "version": "1"})
    assert bad.status_code == 422
    assert "y" * (LONGEST + 1) in text(bad)
    sent = {"title": TEXTS["title"], "problem": TEXTS["problem"], "version": "1", "page_key": "a"}
    saved = client.post(first, sent, headers=HTMX)
    assert 'value="2"' in text(saved)
    assert "Ikke gemt" in text(client.post(first, {**sent, "title": "x" * 101}, headers=HTMX))
    assert client.post(first, sent).headers["Location"].endswith("/skriv/solution/")
    overtaken = client.post(first, {**sent, "title": "Andet", "version": "1", "page_key": "b"})
    assert overtaken.status_code == 409
    assert "Andet" in text(overtaken)
    assert client.post(first, {**sent, "title": "Andet", "page_key": "b"}, headers=HTMX).status_code == 200
    last = f"/min/pitch/{pitch.pk}/skriv/ask/"
    pitch.refresh_from_db()
    done = client.post(last, {"ask": "Ja", "language": "da", "department": "999999", "version": pitch.version})
    assert done.status_code == 422
    sent = {"ask": "Ja", "language": "da", "department": table.social.pk, "version": str(pitch.version)}
    assert client.post(last, sent).headers["Location"] == f"/min/pitch/{pitch.pk}/"
    assert client.get(f"/min/pitch/{pitch.pk}/skriv/andet/").status_code == 404
    assert "Socialforvaltningen" in text(client.get(f"/min/pitch/{pitch.pk}/"))


def test_it_is_fetched_as_a_page_or_told_what_to_shorten(client: Any, table: Table) -> None:
    pitch = table.begun()
    client.force_login(table.mads)
    fetched = client.get(f"/min/pitch/{pitch.pk}/pitch.pdf")
    assert fetched.content.startswith(b"%PDF")
    assert 'filename="mad-paa-soendag.pdf"' in fetched.headers["Content-Disposition"]
    pitch = actions.write(table.olga, pitch, dict.fromkeys(Part.values, "æble " * 290), pitch.version)
    long = client.get(f"/min/pitch/{pitch.pk}/pitch.pdf")
    assert long.status_code == 422
    assert "250 ord mere" in text(long)
    pitch = actions.write(table.olga, pitch, dict.fromkeys(Part.values, "\U0001f600"), pitch.version)
    assert "»[?]« står for tegn" in text_of(client.get(f"/min/pitch/{pitch.pk}/pitch.pdf").content)
    empty = actions.begin(table.olga, table.organisation)
    assert client.get(f"/min/pitch/{empty.pk}/pitch.pdf").status_code == 422


def test_what_is_shown_stands_on_the_organisations_page(client: Any, table: Table) -> None:
    pitch = table.begun()
    page = f"/organisationer/{table.organisation.slug}/"
    client.force_login(table.olga)
    assert client.post(f"/min/pitch/{pitch.pk}/vis/").status_code == 302
    assert client.get(f"/min/pitch/{pitch.pk}/").status_code == 200
    client.logout()
    assert TEXTS["problem"] in text(client.get(page))
    client.force_login(table.mads)
    assert client.post(f"/min/pitch/{pitch.pk}/skjul/").status_code == 302
    assert client.post(f"/min/pitch/{pitch.pk}/findesikke/").status_code == 404
    client.logout()
    assert TEXTS["problem"] not in text(client.get(page))


def test_an_ambassador_is_asked_and_answers(client: Any, table: Table) -> None:
    pitch = table.begun()
    client.force_login(table.olga)
    ask = f"/min/pitch/{pitch.pk}/spoerg/"
    assert "Asta Ambassadør (Socialforvaltningen)" in text(client.get(ask))
    for bad in (
        {"message": "x"},
        {"ambassador": "x", "due": "x"},
        {"ambassador": table.ambassador.pk, "due": "1.1.2001"},
    ):
        assert client.post(ask, bad).status_code == 422
    due = table.due.isoformat()
    assert client.post(ask, {"ambassador": table.ambassador.pk, "due": due, "message": "Klart?"}).status_code == 302
    review = PitchReview.objects.get()
    own = f"/min/pitch/kommentarer/{review.pk}/"
    assert client.get(own).status_code == 403
    client.force_login(table.asta)
    assert own in text(client.get("/min/overblik/"))
    assert "Klart?" in text(client.get(own))
    assert client.get(f"/min/pitch/{pitch.pk}/").status_code in (403, 404)
    assert client.post(own, {"problem": "z" * (LONGEST + 1)}).status_code == 422
    assert client.post(own, {"go": "finish", "overall": " "}).status_code == 422
    assert client.post(own, {"problem": "Hvor mange?"}).status_code == 302
    assert client.post(own, {"problem": "Hvor mange?", "overall": "God", "go": "finish"}).status_code == 302
    assert client.get(own).status_code == 200
    assert client.get(f"{own}nej/").status_code == 403
    client.force_login(table.mads)
    for page in (f"/min/pitch/{pitch.pk}/", f"/min/pitch/{pitch.pk}/skriv/problem/", own):
        assert "Hvor mange?" in text(client.get(page))
    AMBASSADOR_STATES.perform("end", table.ambassador, by=table.asta)
    assert "Hvor mange?" in text(client.get(f"/min/pitch/{pitch.pk}/"))
    assert TEXTS["ask"] in text(client.get(f"/min/pitch/version/{review.version_id}/"))


def test_who_has_no_time_says_so(client: Any, table: Table) -> None:
    review = actions.ask(table.olga, table.begun(), table.ambassador, table.due)
    client.force_login(table.asta)
    no = f"/min/pitch/kommentarer/{review.pk}/nej/"
    assert client.post(no, {"reason": " "}).status_code == 422
    assert client.post(no, {"reason": "Ferie"}).status_code == 302
    client.force_login(table.olga)
    again = actions.ask(table.olga, table.begun(), table.ambassador, table.due)
    assert client.post(f"/min/pitch/kommentarer/{again.pk}/fortryd/").status_code == 302


def test_nobody_else_sees_it(client: Any, table: Table) -> None:
    pitch = table.begun()
    review = actions.ask(table.olga, pitch, table.ambassador, table.due)
    client.force_login(table.administrator)
    for page in (f"{pitch.pk}/", f"{pitch.pk}/skriv/ask/", f"{pitch.pk}/pitch.pdf", f"kommentarer/{review.pk}/",
                 f"version/{review.version_id}/"):  # fmt: skip
        assert client.get(f"/min/pitch/{page}").status_code in (403, 404)
