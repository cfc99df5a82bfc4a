"""All or nothing, once, and back again."""

import io
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from fyrtaarn.foundation.history import history_of
from fyrtaarn.foundation.importing import IMPORTERS
from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.imports import actions
from fyrtaarn.imports.actions import CannotUndo, WrongColumns
from fyrtaarn.imports.columns import guess_columns
from fyrtaarn.imports.models import ImportRow, ImportRun, ImportState
from fyrtaarn.imports.queries import counts_of
from fyrtaarn.organisations.models import Membership, Organisation
from tests.harness.people import make_employee, make_organisation, make_user

from .conftest import csv_file

pytestmark = pytest.mark.django_db(transaction=True)

HEADINGS = ["Navn", "Type", "CVR-nr.", "Ansatte", "Mail", "Temaer"]
GOOD = [
    [
        "Det grønne værksted",
        "Socialøkonomisk virksomhed",
        "10150817",
        "12",
        "hej@example.dk",
        "Ensomhed, Mad og madspild",
    ],
    ["Café Kig Ind", "forening", "", "", "", "Loneliness"],
]


def upload(user: Any, municipality: Any, rows: list[list[str]], kind: str = "organisation") -> ImportRun:
    content = csv_file([HEADINGS, *rows])
    return actions.upload(user, municipality, kind, io.BytesIO(content), name="liste.csv", size=len(content))


def checked(user: Any, municipality: Any, rows: list[list[str]]) -> ImportRun:
    run = upload(user, municipality, rows)
    guesses = guess_columns(IMPORTERS["organisation"], municipality, run.columns)
    return actions.choose_columns(user, run, {i: guess.field for i, guess in enumerate(guesses)}, publish=True)


def imported(user: Any, municipality: Any, rows: list[list[str]]) -> ImportRun:
    run = checked(user, municipality, rows)
    actions.start(user, run)
    return actions.perform(run.pk, user)


def faults(run: ImportRun) -> dict[int, list[str]]:
    """The faults of each row, in Danish or English as it is shown."""
    return {row.number: [f["message"] % f["params"] for f in row.faults] for row in run.rows.all() if row.faults}


class TestColumns:
    def test_common_headings_are_recognised(self, administrator: Any, kolding: Any) -> None:
        guesses = guess_columns(IMPORTERS["organisation"], kolding, [*HEADINGS, "Hjemmesdie", "Sagsbehandler", ""])
        assert [(g.field, g.confidence) for g in guesses] == [
            ("name", "sure"),
            ("kind", "sure"),
            ("cvr", "sure"),
            ("employees", "sure"),
            ("email", "sure"),
            ("themes", "sure"),
            ("website", "likely"),
            ("", "none"),
            ("", "none"),
        ]

    def test_each_field_is_guessed_once(self, kolding: Any) -> None:
        guesses = guess_columns(IMPORTERS["organisation"], kolding, ["Navn", "Organisation", "Name"])
        assert [g.field for g in guesses].count("name") == 1

    def test_a_municipality_s_own_words_are_remembered_for_it_alone(
        self, administrator: Any, kolding: Any, koebenhavn: Any
    ) -> None:
        content = csv_file([["Foretagende", "Sort", "Hemmeligt"], ["A", "forening", "x"]])
        run = actions.upload(
            administrator, kolding, "organisation", io.BytesIO(content), name="a.csv", size=len(content)
        )
        actions.choose_columns(administrator, run, {0: "name", 1: "kind", 2: ""}, publish=False)
        importer = IMPORTERS["organisation"]
        headings = ["FORETAGENDE", "Sort.", "hemmeligt"]
        assert [g.field for g in guess_columns(importer, kolding, headings)] == ["name", "kind", ""]
        assert guess_columns(importer, kolding, headings)[2].confidence == "remembered"
        assert [g.field for g in guess_columns(importer, koebenhavn, headings)] == ["", "", ""]

    def test_a_field_chosen_twice_or_a_needed_one_missing_is_refused(self, administrator: Any, kolding: Any) -> None:
        run = upload(administrator, kolding, GOOD)
        with pytest.raises(WrongColumns) as caught, translation.override("en"):
            actions.choose_columns(administrator, run, {0: "cvr", 2: "cvr"}, publish=False)
        said = [str(fault) for fault in caught.value.faults]
        assert said == [
            "Choose the column that holds “Name”.",
            "Choose the column that holds “Kind”.",
            "“Navn”, “CVR-nr.” are all chosen as “CVR number”. Choose one of them.",
        ]
        run.refresh_from_db()
        assert run.state == ImportState.UPLOADED


class TestImporting:
    def test_good_rows_come_in_with_all_they_hold(self, administrator: Any, kolding: Any) -> None:
        run = imported(administrator, kolding, GOOD)
        assert run.state == ImportState.DONE
        workshop = Organisation.objects.get(cvr="10150817")
        assert (workshop.name, workshop.kind, workshop.home, workshop.employees) == (
            "Det grønne værksted",
            "social_enterprise",
            kolding,
            12,
        )
        assert sorted(theme.slug for theme in workshop.themes.all()) == ["ensomhed", "mad"]
        assert not workshop.memberships.exists()
        kept = history_of(workshop).first()
        assert kept.pgh_context == {"reason": "import", "user": administrator.pk}
        assert Notice.objects.get(recipient=administrator).kind == "imports.done"

    def test_a_fault_anywhere_lets_nothing_in(self, administrator: Any, kolding: Any) -> None:
        run = checked(administrator, kolding, [*GOOD, ["", "forening", "", "", "", ""]])
        with pytest.raises(Refused):
            actions.start(administrator, run)
        assert not Organisation.objects.exists()
        assert counts_of(run).faulty == 1

    def test_a_fault_that_comes_up_meanwhile_stops_all(self, administrator: Any, kolding: Any) -> None:
        run = checked(administrator, kolding, GOOD)
        actions.start(administrator, run)
        make_organisation(kolding, "En anden", cvr="10150817")
        run = actions.perform(run.pk, administrator)
        assert run.state == ImportState.CHECKED
        assert Organisation.objects.count() == 1
        assert "here already" in faults(run)[2][0]
        assert Notice.objects.get(recipient=administrator).kind == "imports.stopped"

    def test_a_breakdown_half_way_lets_nothing_in(
        self, administrator: Any, kolding: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run = checked(administrator, kolding, GOOD)
        actions.start(administrator, run)
        from fyrtaarn.organisations import importing

        monkeypatch.setattr(importing, "changed", lambda organisation: 1 / (organisation.name != "Café Kig Ind"))
        with pytest.raises(ZeroDivisionError):
            actions.perform(run.pk, administrator)
        assert not Organisation.objects.exists()
        monkeypatch.undo()
        assert actions.perform(run.pk, administrator).state == ImportState.DONE

    def test_two_workers_import_once(self, administrator: Any, kolding: Any) -> None:
        run = checked(administrator, kolding, GOOD)
        actions.start(administrator, run)
        start = threading.Barrier(4)

        def work() -> None:
            start.wait()
            actions.perform(run.pk, administrator)
            connection.close()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Organisation.objects.count() == 2

    def test_nobody_but_administrators_and_editors_imports(self, kolding: Any, koebenhavn: Any, words: None) -> None:
        for user in (
            make_user("Anna"),
            make_employee(kolding, "caseworker", name="Carl"),
            make_employee(koebenhavn, "municipality_administrator", name="Kim"),
        ):
            with pytest.raises(Refused):
                upload(user, kolding, GOOD)
        assert not ImportRun.objects.exists()


class TestMending:
    def test_what_the_database_cannot_keep_is_left_out_of_a_cell(self, administrator: Any, kolding: Any) -> None:
        run = checked(administrator, kolding, GOOD)
        actions.mend(administrator, run, {(2, 0): " Det \0blå værksted\0 "}, {}, set())
        assert run.rows.get(number=2).cells[0] == "Det blå værksted"

    def test_a_cell_alone_or_wherever_the_same_stands(self, administrator: Any, kolding: Any) -> None:
        rows = [[f"Forening {name}", "foreningg", "", "", "", ""] for name in ("Alfa", "Beta", "Gamma")]
        run = checked(administrator, kolding, rows)
        assert counts_of(run).faulty == 3
        actions.mend(administrator, run, {(2, 1): "forening"}, {}, set())
        assert set(faults(run)) == {3, 4}
        actions.mend(administrator, run, {(3, 1): "forening"}, {}, {(3, 1)})
        assert faults(run) == {}

    def test_rows_left_out_are_neither_imported_nor_compared(self, administrator: Any, kolding: Any) -> None:
        run = checked(administrator, kolding, [GOOD[0], [*GOOD[0]]])
        assert list(faults(run)) == [3]
        actions.mend(administrator, run, {}, {3: True}, set())
        assert counts_of(run).ready == 1
        actions.mend(administrator, run, {}, {3: False, 2: True}, set())
        assert faults(run) == {}
        actions.leave_out_faulty(administrator, run)
        assert counts_of(run).left_out == 1

    def test_places_that_are_not_there_change_nothing(self, administrator: Any, kolding: Any) -> None:
        run = checked(administrator, kolding, GOOD)
        before = list(ImportRow.objects.values_list("cells", flat=True))
        actions.mend(administrator, run, {(99, 0): "x", (2, 77): "x"}, {99: True}, {(99, 0)})
        assert list(ImportRow.objects.values_list("cells", flat=True)) == before

    def test_nothing_left_is_nothing_to_import(self, administrator: Any, kolding: Any) -> None:
        run = checked(administrator, kolding, GOOD)
        actions.mend(administrator, run, {}, {2: True, 3: True}, set())
        with pytest.raises(Refused):
            actions.start(administrator, run)

    def test_what_has_begun_can_no_longer_be_changed(self, administrator: Any, kolding: Any) -> None:
        run = imported(administrator, kolding, GOOD)
        for change in (
            lambda: actions.mend(administrator, run, {(2, 0): "x"}, {}, set()),
            lambda: actions.discard(administrator, run),
            lambda: actions.choose_columns(administrator, run, {0: "name", 1: "kind"}, publish=False),
        ):
            with pytest.raises(Refused):
                change()


class TestUndoing:
    def test_what_came_in_goes_again(self, administrator: Any, kolding: Any) -> None:
        other = make_organisation(kolding, "Var her før")
        run = imported(administrator, kolding, GOOD)
        assert actions.undo(administrator, run) == []
        assert list(Organisation.objects.all()) == [other]
        run.refresh_from_db()
        assert run.state == ImportState.UNDONE
        with pytest.raises(Refused):
            actions.undo(administrator, run)
        assert imported(administrator, kolding, GOOD).state == ImportState.DONE

    def test_what_is_changed_or_used_stays_and_is_named(self, administrator: Any, kolding: Any) -> None:
        run = imported(administrator, kolding, [*GOOD, ["Den tredje", "forening", "", "", "", ""]])
        changed = Organisation.objects.get(name="Café Kig Ind")
        changed.what = "Kaffe"
        changed.save()
        used = Organisation.objects.get(name="Den tredje")
        Membership.objects.create(user=make_user("Anna"), organisation=used, kind="owner")
        with pytest.raises(CannotUndo) as caught:
            actions.undo(administrator, run)
        assert [(one.number, one.title) for one in caught.value.kept] == [(3, "Café Kig Ind"), (4, "Den tredje")]
        assert Organisation.objects.count() == 3, "nothing has been undone"
        actions.undo(administrator, run, keep_used=True)
        assert {one.name for one in Organisation.objects.all()} == {"Café Kig Ind", "Den tredje"}

    def test_what_somebody_has_removed_already_is_no_hindrance(self, administrator: Any, kolding: Any) -> None:
        from fyrtaarn.listings.models import Listing

        run = imported(administrator, kolding, GOOD)
        Listing.objects.update(organisation=None)
        Organisation.objects.filter(name="Café Kig Ind").delete()
        assert actions.undo(administrator, run) == []
        assert not Organisation.objects.exists()

    def test_only_the_municipality_s_own_people_undo(self, administrator: Any, kolding: Any, koebenhavn: Any) -> None:
        run = imported(administrator, kolding, GOOD)
        with pytest.raises(Refused):
            actions.undo(make_employee(koebenhavn, "municipality_administrator", name="Kim"), run)
        assert Organisation.objects.count() == 2
