"""An administrator imports a messy workbook of 500 rows with 20 kinds of mistakes, mends, imports, undoes."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from fyrtaarn.portal.models import Challenge
from tests.imports.messy import COLUMN, MISTAKES, ROWS, messy_workbook, place_of

from .conftest import Enter, ways, work
from .person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    file = tmp_path / "liste.xlsx"
    file.write_bytes(messy_workbook())
    return file


@ways("da", "en", "da-without-scripts", "en-by-keyboard")
def test_from_a_messy_workbook_to_challenges_and_back(
    somebody: Enter, administrator: Any, workbook: Path, way: dict[str, Any]
) -> None:
    adam = somebody(way, administrator)
    uploads(adam, workbook)
    says_what_the_columns_hold(adam)
    mends(adam)
    imports(adam)
    assert Challenge.objects.count() == ROWS
    undoes(adam)
    assert not Challenge.objects.exists()


def uploads(person: Person, workbook: Path) -> None:
    person.goes_to("/kolding/administration/")
    person.follows("Import from a workbook")
    person.ticks("Challenges")
    person.uploads("File", workbook)
    person.presses("Upload and look")


def says_what_the_columns_hold(person: Person) -> None:
    person.ticks("Published at once")
    person.presses("Check the rows")


def mends(person: Person) -> None:
    """Page after page, until no row is at fault."""
    right = {f"cell-{place_of(number)}-{COLUMN[m.heading]}": m.right for number, m in enumerate(MISTAKES)}
    right[f"cell-{place_of(len(MISTAKES)) + 1}-{COLUMN['Bydel']}"] = "Vamdrup"  # the merged cells
    right[f"cell-414-{COLUMN['Overskrift']}"] = "Noget helt andet end de andre"  # the later of two rows with one title
    faulty = len(MISTAKES) + 1
    person.reads(person.counted("One row must be mended", "%(count)s rows must be mended", faulty))
    while faulty:
        cells = person.page.locator("main fieldset .form-input").all()
        for cell in cells:
            person.overwrites(cell, right[str(cell.get_attribute("name"))])
        person.presses("Save and check again")
        faulty -= len(cells)
    person.sees("All rows are well. They will be published at once, unless a row says that it is a draft.")


def imports(person: Person) -> None:
    person.presses(person.counted("Import one row", "Import %(count)s rows", ROWS))
    person.sees("The rows are being imported")
    assert not Challenge.objects.exists()
    work()
    if not person.has_scripts:
        person.follows("Look again")
    person.reads(person.counted("One row has been imported", "%(count)s rows have been imported", ROWS))


def undoes(person: Person) -> None:
    person.opens("Undo the import")
    person.presses("Undo the whole import")
    person.sees("The import is undone")
    expect(person.page.get_by_role("alert")).to_have_count(0)
