"""Cells become values, or a fault that says in plain words what is wrong."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fyrtaarn.foundation import clock, importing
from fyrtaarn.foundation.importing import Fault, Lookup, ParsedRow, folded

PREPARED = SimpleNamespace(
    places=Lookup([(1, "Kultur-, Fritids- og Borgerserviceforvaltningen", ["KFF"]), (2, "Teknik og Miljø", [""])])
)


class Colour(models.TextChoices):
    RED = "red", "Rød"
    BLUE = "blue", "Blå"


def value(parse: Callable[[str, Any], Any], cell: str) -> Any:
    return parse(cell, PREPARED)


def fault(parse: Callable[[str, Any], Any], cell: str) -> str:
    with translation.override("en"), pytest.raises(Fault) as caught:
        parse(cell, PREPARED)
    return str(caught.value)


@pytest.mark.parametrize(
    "cell", ["09.03.2031", "9.3.2031", "9-3-2031", "9/3/2031", "2031-03-09", "2031-03-09 00:00:00", "47916"]
)
def test_days_as_people_and_programs_write_them(cell: str) -> None:
    assert value(importing.day(), cell) == date(2031, 3, 9)


@pytest.mark.parametrize("cell", ["snart", "31.02.2031", "2031", "9.3.31", "99999", "-1"])
def test_what_is_no_day(cell: str) -> None:
    assert fault(importing.day(), cell) == f"“{cell}” is not a date. Write it as 24.12.2026."


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_of_the_century_is_read_in_every_way(day: date) -> None:
    number = str((day - importing.EXCEL_EPOCH).days)
    assert {importing.read_day(f"{day:{pattern}}") for pattern in importing.DATE_FORMATS} == {day}
    assert importing.read_day(number) == day


def test_a_day_may_have_to_come() -> None:
    parse = importing.day(not_past=True)
    assert value(parse, clock.today().isoformat()) == clock.today()
    assert "has passed" in fault(parse, (clock.today() - timedelta(days=1)).isoformat())


@pytest.mark.parametrize(("cell", "number"), [("12", 12), ("1.200", 1200), ("12 000", 12000), ("0", 0)])
def test_numbers(cell: str, number: int) -> None:
    assert value(importing.whole_number(50_000), cell) == number


@pytest.mark.parametrize("cell", ["tolv", "1,5", "-3", "1.5", "12.00", "²", "1e3"])
def test_what_is_no_whole_number(cell: str) -> None:
    assert "not a whole number" in fault(importing.whole_number(50_000), cell)


def test_too_large_a_number_and_too_long_a_text() -> None:
    assert fault(importing.whole_number(10), "11") == "11 is too large a number: at most 10."
    assert "room for 3" in fault(importing.text(3), "abcd")
    assert value(importing.text(3), "abc") == "abc"


def test_addresses() -> None:
    assert value(importing.email, "anna@example.dk") == "anna@example.dk"
    assert "not an e-mail address" in fault(importing.email, "anna@@example")
    assert value(importing.web_address, "www.example.dk/side") == "https://www.example.dk/side"
    for cell in ("ikke en side", "javascript://alert", "ftp://example.dk"):
        assert "not a web address" in fault(importing.web_address, cell)


def test_yes_and_no() -> None:
    assert [value(importing.yes_no, cell) for cell in ("Ja", "x", "NO", "falsk")] == [True, True, False, False]
    assert "neither yes nor no" in fault(importing.yes_no, "måske")


def test_one_of_the_choices_by_any_name() -> None:
    parse = importing.choice(Colour.choices, {Colour.RED: ("vinrød",)})
    assert [value(parse, cell) for cell in ("RØD", "vinrød", "red", " blå ")] == ["red", "red", "red", "blue"]
    assert fault(parse, "Vinrødt") == "“Vinrødt” is not known. Did you mean “Rød”?"
    assert fault(parse, "grøn") == "“grøn” is not known. It can be “Rød”, “Blå”."


def test_several_things_whose_names_hold_commas() -> None:
    parse = importing.several_of("places")
    assert value(parse, "Kultur-, Fritids- og Borgerserviceforvaltningen") == [1]
    assert value(parse, "KFF; Teknik og Miljø; kff") == [1, 2]
    assert value(parse, "Teknik og miljø, KFF") == [2, 1]
    assert value(parse, "KFF\nTeknik og Miljø") == [1, 2]
    assert "“Rum” is not known" in fault(parse, "KFF, Rum")
    assert value(importing.one_of("places"), "teknik og miljø") == 2


def test_each_reader_sees_a_fault_in_her_language() -> None:
    with translation.override("da"), pytest.raises(Fault) as caught:
        importing.email("x", None)
    assert caught.value.message == "“%(text)s” is not an e-mail address. It looks like anna@example.dk."
    with translation.override("da"):
        assert translation.gettext(caught.value.message).startswith("»%(text)s« er ikke en mailadresse")


def test_repeated_and_alike_rows() -> None:
    rows = [
        ParsedRow(number, {"title": title} if title else {})
        for number, title in enumerate(["Et sted at være", "Mad til alle", "et sted, at være!", "", ""], 2)
    ]
    twice = list(importing.repeated(rows, "title", folded, "Row %(row)s has “%(text)s” too."))
    assert [(row.number, name, str(one)) for row, name, one in twice] == [
        (4, "title", "Row 2 has “et sted, at være!” too.")
    ]
    near = list(importing.alike(rows, "title", ["Et godt sted at være", "Noget andet"], "“%(text)s” is here."))
    assert [(row.number, one.is_warning, one.params["text"]) for row, _name, one in near] == [
        (2, True, "Et godt sted at være"),
        (4, True, "Et godt sted at være"),
    ]


@given(cell=st.text(min_size=1, max_size=40))
def test_any_text_is_read_or_refused(cell: str) -> None:
    parsers = [
        importing.day(),
        importing.whole_number(10),
        importing.email,
        importing.web_address,
        importing.yes_no,
        importing.choice(Colour.choices),
        importing.several_of("places"),
    ]
    for parse in parsers:
        with suppress(Fault):
            assert parse(cell, PREPARED) is not None
