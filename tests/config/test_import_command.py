"""fyrtaarn import: the same import from a terminal."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fyrtaarn.config.commands.import_ import command
from fyrtaarn.imports.models import ImportRun, ImportState
from fyrtaarn.organisations.models import Organisation
from tests.harness.people import make_employee, make_user

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = "Navn;Type;CVR-nr.\nDet grønne værksted;Socialøkonomisk virksomhed;10150817\nCafé Kig Ind;forening;\n"


@pytest.fixture
def adam(kolding: Any) -> Any:
    """Kolding's administrator."""
    return make_employee(kolding, "municipality_administrator", name="Adam", email="adam@example.dk")


@pytest.fixture
def run(tmp_path: Path, adam: Any) -> Any:
    """Runs the command with a file of this text and further arguments."""

    def invoke(text: str, *arguments: str, user: str = "adam@example.dk") -> Result:
        file = tmp_path / "liste.csv"
        file.write_text(text)
        return CliRunner().invoke(
            command, ["organisation", str(file), "--municipality", "kolding", "--user", user, *arguments]
        )

    return invoke


def test_it_imports_says_how_to_undo_and_undoes(run: Any) -> None:
    result = run(GOOD)
    done = ImportRun.objects.get()
    assert result.exit_code == 0, result.output
    assert (
        result.output
        == f"2 rows imported. To take them back: fyrtaarn import --undo {done.pk} --user adam@example.dk\n"
    )
    assert Organisation.objects.count() == 2
    result = CliRunner().invoke(command, ["--undo", str(done.pk), "--user", "adam@example.dk"])
    assert result.output == "Undone.\n"
    assert not Organisation.objects.exists()


def test_faults_are_named_and_nothing_comes_in(run: Any) -> None:
    result = run(GOOD + ";forening;12345678\n")
    assert result.exit_code == 1
    assert "Row 4, name: This must be filled in." in result.output
    assert "Row 4, cvr: This is not a CVR number" in result.output
    assert "Nothing was imported" in result.output
    assert not Organisation.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_dry_run_leaves_nothing(run: Any) -> None:
    result = run(GOOD, "--dry-run")
    assert (result.exit_code, "All rows are well" in result.output) == (0, True)
    assert not ImportRun.objects.exists()


def test_columns_can_be_given_by_heading_or_number(run: Any) -> None:
    result = run(GOOD.replace("Navn", "Foretagende"), "--map", "name=Foretagende", "--map", "what=3")
    assert result.exit_code == 0, result.output
    assert Organisation.objects.get(name="Det grønne værksted").what == "10150817"


@pytest.mark.parametrize(
    ("mapped", "words"),
    [
        (["rumskib=1"], "the fields are"),
        (["name=Ukendt"], "the columns are Navn"),
        (["name=1", "what=1"], "already chosen as name"),
        (["cvr=1"], "Choose the column that holds “Name”"),
    ],
)
def test_wrong_columns_are_refused(run: Any, mapped: list[str], words: str) -> None:
    result = run(GOOD, *(part for each in mapped for part in ("--map", each)))
    assert result.exit_code == 1
    assert words in result.output


def test_only_those_who_may(run: Any) -> None:
    make_user("Anna", email="anna@example.dk")
    result = run(GOOD, user="anna@example.dk")
    assert result.exit_code == 1
    assert "administrators and department editors" in result.output
    assert "Nobody here" in run(GOOD, user="ukendt@example.dk").output


def test_what_is_in_use_stays(run: Any) -> None:
    run(GOOD)
    done = ImportRun.objects.get()
    changed = Organisation.objects.get(name="Café Kig Ind")
    changed.what = "Kaffe"
    changed.save()
    arguments = ["--undo", str(done.pk), "--user", "adam@example.dk"]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 1
    assert "Row 3, Café Kig Ind: somebody has changed it" in result.output
    assert CliRunner().invoke(command, [*arguments, "--keep-used"]).output == "Undone; 1 rows stay.\n"
    done.refresh_from_db()
    assert done.state == ImportState.UNDONE


def test_it_asks_for_what_it_needs() -> None:
    assert "Give --user" in CliRunner().invoke(command, []).output
    assert CliRunner().invoke(command, ["--help"]).exit_code == 0
