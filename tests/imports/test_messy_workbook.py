"""A messy workbook of 500 rows is judged row by row, mended, imported whole and undone."""

import io
from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.foundation.importing import IMPORTERS
from fyrtaarn.imports import actions
from fyrtaarn.imports.actions import CannotUndo
from fyrtaarn.imports.columns import guess_columns
from fyrtaarn.imports.models import ImportRun, ImportState
from fyrtaarn.imports.queries import counts_of
from fyrtaarn.listings.models import Listing
from fyrtaarn.portal.models import Challenge

from .messy import COLUMN, HEADINGS, MERGED, MISTAKES, ROWS, messy_workbook, place_of

pytestmark = pytest.mark.django_db(transaction=True)
EXISTING = "Udfordring nummer 7"


@pytest.fixture
def existing(administrator: Any, kolding: Any) -> Challenge:
    """A challenge that is here already, like one in the workbook."""
    return Challenge.objects.create(municipality=kolding, title=EXISTING, created_by=administrator)


def checked(user: Any, municipality: Any) -> ImportRun:
    content = messy_workbook()
    run = actions.upload(user, municipality, "challenge", io.BytesIO(content), name="liste.xlsx", size=len(content))
    guesses = guess_columns(IMPORTERS["challenge"], municipality, run.columns)
    return actions.choose_columns(user, run, {i: guess.field for i, guess in enumerate(guesses)}, publish=True)


def mended(user: Any, run: ImportRun) -> None:
    cells = {(place_of(number), COLUMN[m.heading]): m.right for number, m in enumerate(MISTAKES)}
    cells[place_of(len(MISTAKES)) + 1, COLUMN["Bydel"]] = "Vamdrup"
    actions.mend(user, run, cells, {}, set())


def test_every_column_but_the_case_number_is_recognised(administrator: Any, kolding: Any) -> None:
    fields = [guess.field for guess in guess_columns(IMPORTERS["challenge"], kolding, HEADINGS)]
    assert fields == [
        "title",
        "situation",
        "department",
        "themes",
        "target_groups",
        "goals",
        "districts",
        "needed_by",
        "state",
        "possibilities",
        "audience",
        "contact",
        "partners",
        "when",
        "",
    ]


def test_each_mistake_is_found_where_it_is_and_nothing_else(
    administrator: Any, kolding: Any, existing: Challenge
) -> None:
    with translation.override("en"):
        run = checked(administrator, kolding)
    faulty = {row.number: [f["message"] % f["params"] for f in row.faults] for row in run.rows.exclude(faults=[])}
    expected = {place_of(number): mistake.fault for number, mistake in enumerate(MISTAKES)}
    expected[place_of(len(MISTAKES)) + 1] = MERGED
    twice = next(number for number, mistake in enumerate(MISTAKES) if mistake.fault == "Row ")
    expected[3 + 411] = expected.pop(place_of(twice))  # the later of two rows with one title is at fault
    assert faulty.keys() == expected.keys()
    for row, beginning in expected.items():
        assert [fault.startswith(beginning) for fault in faulty[row]] == [True], (row, faulty[row])
    warned = [(w["message"] % w["params"]) for row in run.rows.exclude(warnings=[]) for w in row.warnings]
    assert f"“{EXISTING}” is here already. Is it the same? Then leave the row out." in warned
    said = {note["message"] % note["params"] for note in run.notes}
    assert said == {
        "Rows above the headings, which were left out: 1.",
        "Empty rows, which were left out: 1.",
        "Hidden sheets are not read: “Gamle lister”.",
    }


def test_mended_imported_and_undone(administrator: Any, kolding: Any, existing: Challenge) -> None:
    run = checked(administrator, kolding)
    mended(administrator, run)
    counts = counts_of(run)
    assert (counts.total, counts.faulty) == (ROWS, 0)
    actions.start(administrator, run)
    run = actions.perform(run.pk, administrator)
    assert run.state == ImportState.DONE
    assert Challenge.objects.count() == ROWS + 1
    published = Challenge.objects.filter(state="published")
    assert published.count() == ROWS - 1, "one row says that it is a draft"
    assert Listing.objects.filter(kind="challenge", ended=None).count() == ROWS - 1
    one = Challenge.objects.get(title="Udfordring nummer 8")
    assert one.needed_by is not None
    assert (one.needed_by.isoformat(), one.contact, one.audience) == ("2031-06-01", administrator, "public")
    assert one.possibilities == ["trial", "partnership"]
    assert {group.name for group in one.target_groups.all()} == {"Unge", "Ældre"}

    one.where = "Biblioteket"
    one.save()
    with pytest.raises(CannotUndo) as refusal:
        actions.undo(administrator, run)
    assert [kept.title for kept in refusal.value.kept] == [one.title]
    assert Challenge.objects.count() == ROWS + 1
    actions.undo(administrator, run, keep_used=True)
    assert set(Challenge.objects.all()) == {existing, one}
    assert Listing.objects.filter(kind="challenge", ended=None).count() == 1
