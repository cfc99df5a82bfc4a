"""What the tests of the imports share: a municipality with its words, and workbooks."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from tests.harness.people import make_department, make_employee

Rows = Sequence[Sequence[Any]]


@pytest.fixture
def words(kolding: Any) -> None:
    """A few themes, target groups, goals and districts, and two departments of Kolding."""
    from fyrtaarn.areas.models import District
    from fyrtaarn.foundation.sorting import danish_key
    from fyrtaarn.topics.models import Goal, TargetGroup, Theme

    for slug, name, english in (("ensomhed", "Ensomhed", "Loneliness"), ("mad", "Mad og madspild", "Food and waste")):
        Theme.objects.update_or_create(
            slug=slug, defaults={"name": name, "name_en": english, "sort_key": danish_key(name)}
        )
    for slug, name, english in (("unge", "Unge", "Young people"), ("aeldre", "Ældre", "Older people")):
        TargetGroup.objects.update_or_create(
            slug=slug, defaults={"name": name, "name_en": english, "sort_key": danish_key(name)}
        )
    Goal.objects.update_or_create(number=3, defaults={"name_da": "Sundhed og trivsel", "name_en": "Good health"})
    District.objects.update_or_create(municipality=kolding, slug="vamdrup", defaults={"name": "Vamdrup"})
    make_department(kolding, "Socialforvaltningen")
    make_department(kolding, "Kultur-, Fritids- og Borgerserviceforvaltningen")


@pytest.fixture
def administrator(kolding: Any, words: None) -> Any:
    """Kolding's administrator."""
    return make_employee(kolding, "municipality_administrator", name="Adam Admin")


def workbook(rows: Rows, change: Callable[[Any], object] = lambda book: None) -> bytes:
    """An Excel workbook with these rows on its first sheet, further changed by `change`."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_file(rows: Rows) -> bytes:
    """A Danish CSV file with these rows."""
    return "\r\n".join(";".join(str(cell) for cell in row) for row in rows).encode()
