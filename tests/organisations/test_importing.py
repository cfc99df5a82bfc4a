"""What can be wrong with an organisation in a municipality's table."""

from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.foundation.importing import Fault, ParsedRow
from fyrtaarn.organisations import importing
from tests.harness.people import make_organisation

pytestmark = pytest.mark.django_db
GOOD = "10150817"


@pytest.fixture
def prepared(kolding: Any) -> importing.Prepared:
    """Read with one organisation that is here already."""
    make_organisation(kolding, "Det grønne værksted", cvr="13585628")
    return importing.prepare(None, kolding)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [GOOD, "DK 10 15 08 17", "DK-10150817", "10.15.08.17"])
def test_a_cvr_number_as_people_write_it(prepared: importing.Prepared, cell: str) -> None:
    assert importing.read_cvr(cell, prepared) == GOOD


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1015081", "eight digits"),
        ("1015081x", "eight digits"),
        ("10150818", "a digit is wrong"),
        ("13585628", "is here already: Det grønne værksted"),
    ],
)
def test_a_wrong_or_known_cvr_number(prepared: importing.Prepared, cell: str, words: str) -> None:
    with translation.override("en"), pytest.raises(Fault) as caught:
        importing.read_cvr(cell, prepared)
    assert words in str(caught.value)


@pytest.mark.parametrize("cell", ["600", "60000", "6OOO", "²000"])
def test_a_wrong_postcode(prepared: importing.Prepared, cell: str) -> None:
    with pytest.raises(Fault):
        importing.read_postcode(cell, prepared)
    assert importing.read_postcode("6000", prepared) == "6000"


def test_the_same_twice_and_what_may_be_here(prepared: importing.Prepared) -> None:
    rows = [
        ParsedRow(2, {"name": "Café Kig Ind", "cvr": GOOD}),
        ParsedRow(3, {"name": "Noget andet", "cvr": GOOD}),
        ParsedRow(4, {"name": "CAFÉ kig ind"}),
        ParsedRow(5, {"name": "Grønne Værksted, det"}),
    ]
    found = [(row.number, name, fault.is_warning) for row, name, fault in importing.check(rows, prepared, False)]
    assert found == [(3, "cvr", False), (4, "name", False), (5, "name", True)]
