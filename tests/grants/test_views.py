"""The pages of both sides: what each can do there, and what faulty words are answered with."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.grants.actions import instalments
from fyrtaarn.grants.models import Demand, GrantChange, Instalment
from tests.harness.browser import html_faults
from tests.harness.people import make_employee, make_user

from .conftest import THOUSAND, Given, in_days

pytestmark = pytest.mark.django_db


def path(given: Given, more: str = "") -> str:
    return f"/min/bevillinger/{given.grant.pk}/{more}"


def post(client: Client, address: str, **form: Any) -> Any:
    return client.post(address, form)


def test_both_sides_read_what_is_promised_and_has_come(client: Client, given: Given) -> None:
    auditor: Any = make_employee(given.funding.municipality, "auditor")
    for person, sees in ((given.owner, "bed-om"), (given.manager, "godkend"), (auditor, "")):
        client.force_login(person)
        page = client.get(path(given))
        text = page.content.decode()
        assert page.status_code == 200
        assert html_faults(text) == []
        assert "Flere i arbejde" in text
        assert ("/bed-om/" in text, "/godkend/" in text) == (sees == "bed-om", sees == "godkend")
    client.force_login(make_user("Fremmed"))
    assert client.get(path(given)).status_code in (403, 404)


def test_nothing_waits_for_those_who_only_read(client: Client, given: Given) -> None:
    instalments.ask(given.owner, given.instalments()[0], "Her er det.")
    for person, waits in ((given.manager, True), (make_employee(given.funding.municipality, "auditor"), False)):
        client.force_login(person)  # type: ignore[arg-type]
        assert ('id="venter"' in client.get("/kolding/bevillinger/").content.decode()) == waits


def test_a_grant_goes_from_asking_to_paid_by_its_pages(client: Client, given: Given) -> None:
    client.force_login(given.owner)
    shown = SimpleUploadedFile("kontrakt.txt", b"Underskrevet.")
    assert post(client, path(given, "rate/1/bed-om/"), met="Her er den.", shown=shown).status_code == 302
    client.force_login(given.manager)
    assert "kontrakt.txt" in client.get(path(given)).content.decode()
    assert post(client, path(given, "rate/1/godkend/")).status_code == 302
    assert post(client, path(given, "rate/1/betalt/"), day="i går").status_code == 422
    assert post(client, path(given, "rate/1/betalt/"), day=in_days(2).isoformat()).status_code == 422
    assert post(client, path(given, "rate/1/betalt/"), day=in_days(0).isoformat(), reference="U-1").status_code == 302
    assert Instalment.objects.get(grant=given.grant, number=1).state == "paid"
    assert post(client, path(given, "rate/1/godkend/")).status_code == 422
    assert client.get(path(given, "rate/1/andet/")).status_code == 404
    assert client.get(path(given, "rate/99/godkend/")).status_code == 404


def test_a_plan_is_written_and_faults_are_said(client: Client, given: Given) -> None:
    client.force_login(given.manager)
    page = client.get(path(given, "plan/"))
    assert html_faults(page.content.decode()) == []
    day = in_days(3).isoformat()
    assert post(client, path(given, "plan/"), **{"oere-1": "hundrede", "due-1": day}).status_code == 422
    assert post(client, path(given, "plan/"), **{"oere-1": "100"}).status_code == 422
    assert post(client, path(given, "plan/")).status_code == 422
    both = {"oere-1": "60.000", "due-1": day, "oere-2": "60.000", "due-2": day}
    too_much = post(client, path(given, "plan/"), **both)
    assert too_much.status_code == 422
    assert "60.000" in too_much.content.decode()
    assert (
        post(client, path(given, "plan/"), **{**both, "oere-2": "40.000", "condition-2": "Et bilag"}).status_code == 302
    )
    assert [(one.oere, one.condition) for one in given.instalments()] == [
        (60 * THOUSAND, ""),
        (40 * THOUSAND, "Et bilag"),
    ]


def test_a_report_is_filled_in_saved_sent_and_approved(client: Client, given: Given) -> None:
    report, line, goal = given.grant.reports.get(), given.application.lines.get(), given.application.goals.get()
    address = path(given, f"rapport/{report.pk}/")
    client.force_login(given.owner)
    page = client.get(address).content.decode()
    assert html_faults(page) == []
    assert 'value="100.000"' in page or 'value="100,000"' in page
    words = {"text": "Godt.", "experience": "Begynd småt.", "shared": "on", f"result-{goal.pk}": "4"}
    assert post(client, address, **words, version=report.version, **{f"spent-{line.pk}": "x"}).status_code == 422
    good = {**words, "version": report.version, f"spent-{line.pk}": "90.000"}
    assert post(client, address, **good).status_code == 302
    overtaken = post(client, address, **{**good, "text": "Andet."})
    assert overtaken.status_code == 422
    assert "Andet." in overtaken.content.decode()
    assert post(client, f"{address}send/").status_code == 302
    assert client.get(address).status_code == 403
    client.force_login(given.manager)
    assert post(client, f"{address}retur/", reason="").status_code == 422
    assert post(client, f"{address}godkend/", share="on").status_code == 302
    given.grant.refresh_from_db()
    assert given.grant.experience == "Begynd småt."
    page = client.get(path(given)).content.decode()
    assert html_faults(page) == []


def test_changes_and_money_back_by_their_pages(client: Client, given: Given) -> None:
    client.force_login(given.owner)
    assert post(client, path(given, "aendring/"), text="", last_day="").status_code == 422
    assert post(client, path(given, "aendring/"), text="Mere tid.", last_day="2020-01-01").status_code == 422
    assert (
        post(client, path(given, "aendring/"), text="Mere tid.", last_day=in_days(299).isoformat()).status_code == 302
    )
    change = GrantChange.objects.get()
    client.force_login(given.manager)
    answer = path(given, f"aendring/{change.pk}/svar/")
    assert client.get(path(given, "aendring/999999/svar/")).status_code == 404
    assert post(client, answer, agree="måske").status_code == 422
    assert post(client, answer, agree="nej", answer="").status_code == 422
    assert post(client, answer, agree="ja").status_code == 302
    given.grant.refresh_from_db()
    assert given.grant.last_day == in_days(299)
    post(client, path(given, "rate/1/godkend/"))
    post(client, path(given, "rate/1/betalt/"), day=in_days(0).isoformat())
    ask = path(given, "tilbagebetaling/")
    due = in_days(9).isoformat()
    assert post(client, ask, oere="-5", reason="Nej.", due=due).status_code == 422
    assert post(client, ask, oere="90.000", reason="For meget.", due=due).status_code == 422
    assert post(client, ask, oere="10.000", reason="Ikke brugt.", due=due).status_code == 302
    demand = Demand.objects.get()
    assert html_faults(client.get(path(given)).content.decode()) == []
    assert post(client, path(given, f"tilbagebetaling/{demand.pk}/eftergiv/"), reason="").status_code == 422
    assert (
        post(client, path(given, f"tilbagebetaling/{demand.pk}/betalt/"), day=in_days(0).isoformat()).status_code == 302
    )
    assert given.balance("claim") == 0


def test_a_grant_is_stopped_with_a_reason(client: Client, given: Given) -> None:
    client.force_login(given.manager)
    assert post(client, path(given, "stop/"), reason="").status_code == 422
    assert post(client, path(given, "afslut/")).status_code == 403
    assert post(client, path(given, "stop/"), reason="De lukker.").status_code == 302
    assert client.get(path(given, "plan/")).status_code == 403


def test_lists_of_both_sides_and_the_register(client: Client, given: Given) -> None:
    client.force_login(given.owner)
    assert "Flere i arbejde" in client.get("/min/bevillinger/").content.decode()
    assert client.get("/kolding/bevillinger/").status_code == 403
    client.force_login(given.manager)
    client.post(path(given, "rate/1/godkend/"))
    page = client.get("/kolding/bevillinger/")
    assert html_faults(page.content.decode()) == []
    register = b"".join(client.get("/kolding/bevillinger/statsstoette.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "10000009;" in register
    assert "(EU) 2023/2831" in register
    for language in ("da", "en"):
        client.cookies["sprog"] = language
        assert html_faults(client.get("/kolding/tilskud/").content.decode()) == []
