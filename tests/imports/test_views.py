"""The pages of an import: from the file to the receipt and back."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fyrtaarn.imports import actions
from fyrtaarn.imports.models import ImportRow, ImportRun, ImportState
from fyrtaarn.organisations.models import Organisation
from tests.harness.browser import html_faults
from tests.harness.people import make_department, make_employee, make_user

from .conftest import csv_file

pytestmark = pytest.mark.django_db

ROWS = [
    ["Navn", "Type", "CVR-nr.", "Mail"],
    ["Det grønne værksted", "Socialøkonomisk virksomhed", "10150817", "hej@example.dk"],
    ["Café Kig Ind", "foreningg", "", "ikke en adresse"],
    ["Café Kig Ud", "foreningg", "", ""],
]


def send(client: Client, municipality: Any, content: bytes, name: str = "liste.csv", kind: str = "organisation") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/import/", {"kind": kind, "municipality": municipality.pk, "file": file})


@pytest.fixture
def signed_in(client: Client, administrator: Any) -> Client:
    client.force_login(administrator)
    return client


@pytest.mark.django_db(transaction=True)
def test_from_file_to_receipt_and_back(signed_in: Client, kolding: Any, administrator: Any) -> None:
    answer = send(signed_in, kolding, csv_file(ROWS))
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"/import/{run.pk}/kolonner/"
    html = signed_in.get(answer.headers["Location"]).content.decode()
    assert "Det grønne værksted · Café Kig Ind" in html
    assert html_faults(html) == []

    chosen = {"column-0": "name", "column-1": "kind", "column-2": "cvr", "column-3": "email"}
    assert signed_in.post(f"/import/{run.pk}/kolonner/", chosen).headers["Location"] == f"/import/{run.pk}/"
    html = signed_in.get(f"/import/{run.pk}/").content.decode()
    assert "foreningg" in html
    assert "ikke en adresse" in html
    assert html_faults(html) == []

    assert signed_in.post(f"/import/{run.pk}/begynd/").status_code == 403
    mended = {"rows": "3 4", "cell-3-1": "forening", "all-3-1": "on", "cell-3-3": "", "vis": "fejl"}
    assert signed_in.post(f"/import/{run.pk}/ret/", mended).headers["Location"] == f"/import/{run.pk}/?vis=fejl"
    html = signed_in.get(f"/import/{run.pk}/").content.decode()
    assert f'action="/import/{run.pk}/begynd/"' in html
    signed_in.post(f"/import/{run.pk}/begynd/")
    html = signed_in.get(f"/import/{run.pk}/").content.decode()
    assert html_faults(html) == []
    assert signed_in.get(f"/import/{run.pk}/kolonner/").status_code == 302

    actions.perform(run.pk, administrator)
    html = signed_in.get(f"/import/{run.pk}/").content.decode()
    assert 'href="/organisationer/cafe-kig-ind/"' in html
    assert html_faults(html) == []
    changed = Organisation.objects.get(name="Café Kig Ud")
    changed.what = "Kaffe og kage"
    changed.save()
    html = signed_in.post(f"/import/{run.pk}/fortryd/").content.decode()
    assert "Café Kig Ud" in html
    assert html_faults(html) == []
    signed_in.post(f"/import/{run.pk}/fortryd/", {"keep": "1"})
    assert list(Organisation.objects.all()) == [changed]
    html = signed_in.get(f"/import/{run.pk}/").content.decode()
    assert "Café Kig Ud" in html, "what was kept is shown"
    assert "Det grønne værksted" not in html
    assert html_faults(html) == []


@pytest.mark.parametrize("view", ["fejl", "advarsler", "udeladt", "alle", "ukendt"])
def test_every_tab_is_shown(signed_in: Client, kolding: Any, view: str) -> None:
    send(signed_in, kolding, csv_file(ROWS))
    run = ImportRun.objects.get()
    signed_in.post(f"/import/{run.pk}/kolonner/", {"column-0": "name", "column-1": "kind"})
    signed_in.post(f"/import/{run.pk}/udelad-fejl/")
    assert signed_in.get(f"/import/{run.pk}/?vis={view}").status_code == 200


@pytest.mark.parametrize(
    ("data", "field"),
    [({}, "file"), ({"kind": "rumskib"}, "kind"), ({"municipality": "999999"}, "municipality")],
)
def test_a_wrong_upload_says_what_is_missing(signed_in: Client, kolding: Any, data: dict[str, str], field: str) -> None:
    answer = signed_in.post("/import/", {"kind": "organisation", "municipality": kolding.pk, **data})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\x00", b"PK\x03\x04 and no more", b"Titel;Frist\n", b"\xd0\xcf\x11\xe0"]
)
def test_an_unreadable_file_is_refused_beside_the_field(signed_in: Client, kolding: Any, content: bytes) -> None:
    answer = send(signed_in, kolding, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_field_chosen_twice_is_said_above_the_form(signed_in: Client, kolding: Any) -> None:
    send(signed_in, kolding, csv_file(ROWS))
    run = ImportRun.objects.get()
    answer = signed_in.post(f"/import/{run.pk}/kolonner/", {"column-0": "name", "column-1": "kind", "column-2": "name"})
    assert len(answer.context["form"].non_field_errors()) == 1
    answer = signed_in.post(f"/import/{run.pk}/kolonner/", {"column-0": "rumskib"})
    assert "column-0" in answer.context["form"].errors


def test_strange_names_in_a_form_are_passed_over(signed_in: Client, kolding: Any) -> None:
    send(signed_in, kolding, csv_file(ROWS))
    run = ImportRun.objects.get()
    signed_in.post(f"/import/{run.pk}/kolonner/", {"column-0": "name", "column-1": "kind"})
    before = list(ImportRow.objects.values_list("cells", flat=True))
    sent = {
        "rows": "x -1 99999999999",
        "cell-9999999-999": "x",
        "cell-a-b": "x",
        "all--1-0": "on",
        "vis": "//ond",
    }
    assert signed_in.post(f"/import/{run.pk}/ret/", sent).headers["Location"] == f"/import/{run.pk}/"
    assert list(ImportRow.objects.values_list("cells", flat=True)) == before


def test_an_empty_workbook_with_our_headings_needs_no_choosing(signed_in: Client, kolding: Any) -> None:
    answer = signed_in.get("/import/skabelon/organisation.xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert signed_in.get("/import/skabelon/rumskib.xlsx").status_code == 302


def test_queries_do_not_grow_with_the_rows(signed_in: Client, kolding: Any, at_most_queries: Any) -> None:
    many = [[f"Forening nummer {number}", "ukendt type", "", "fejl"] for number in range(60)]
    send(signed_in, kolding, csv_file([ROWS[0], *many]))
    run = ImportRun.objects.get()
    signed_in.post(
        f"/import/{run.pk}/kolonner/", {f"column-{i}": f for i, f in enumerate(["name", "kind", "cvr", "email"])}
    )
    with at_most_queries(12):
        signed_in.get(f"/import/{run.pk}/")
    with at_most_queries(12):
        signed_in.get("/import/")


class TestWhoSeesWhat:
    def test_visitors_and_others_are_sent_away(self, client: Client, kolding: Any) -> None:
        assert client.get("/import/").status_code == 302
        client.force_login(make_user("Anna"))  # type: ignore[arg-type]
        assert client.get("/import/").status_code == 403

    def test_others_imports_do_not_exist(
        self, client: Client, signed_in: Client, kolding: Any, koebenhavn: Any, words: None
    ) -> None:
        send(signed_in, kolding, csv_file(ROWS))
        run = ImportRun.objects.get()
        signed_in.post(f"/import/{run.pk}/kolonner/", {"column-0": "name", "column-1": "kind"})
        department = make_department(kolding)
        strangers = [
            make_employee(koebenhavn, "municipality_administrator", name="Kim"),
            make_employee(kolding, "department_editor", department, name="Eva"),
            make_employee(kolding, "caseworker", name="Carl"),
        ]
        for person in strangers:
            client.force_login(person)  # type: ignore[arg-type]
            for address in ("", "kolonner/"):
                assert client.get(f"/import/{run.pk}/{address}").status_code == 404
            for address in ("ret/", "udelad-fejl/", "begynd/", "fortryd/", "kasser/"):
                assert client.post(f"/import/{run.pk}/{address}").status_code == 404
        run.refresh_from_db()
        assert run.state == ImportState.CHECKED

    def test_an_editor_cannot_import_for_another_municipality(
        self, client: Client, kolding: Any, koebenhavn: Any
    ) -> None:
        client.force_login(make_employee(kolding, "department_editor", make_department(kolding), name="Eva"))  # type: ignore[arg-type]
        answer = send(client, koebenhavn, csv_file(ROWS))
        assert "municipality" in answer.context["form"].errors

    def test_an_administrator_sees_her_municipality_s_imports(
        self, client: Client, signed_in: Client, kolding: Any
    ) -> None:
        send(signed_in, kolding, csv_file(ROWS))
        client.force_login(make_employee(kolding, "municipality_administrator", name="Berit"))  # type: ignore[arg-type]
        assert client.get(f"/import/{ImportRun.objects.get().pk}/kolonner/").status_code == 200


def test_a_file_can_be_thrown_away(signed_in: Client, kolding: Any) -> None:
    send(signed_in, kolding, csv_file(ROWS))
    signed_in.post(f"/import/{ImportRun.objects.get().pk}/kasser/")
    assert not ImportRun.objects.exists()
    assert not ImportRow.objects.exists()
