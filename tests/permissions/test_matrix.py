"""The permission matrix: the product against docs/permissions.md."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from .scenario import LIBRARY, PUBLIC_ELSEWHERE, build
from .walking import HEADING, table, url_names

TABLE = Path(__file__).resolve().parent.parent.parent / "docs" / "permissions.md"


@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_table_says(kolding: Any, koebenhavn: Any) -> None:
    people, visits = build(kolding, koebenhavn)
    clients = {}
    for role, person in people.items():
        clients[role] = Client()
        if person is not None:
            clients[role].force_login(person)
    text = HEADING + "\n" + "\n".join(table(visits, clients)) + "\n"
    if os.environ.get("FYRTAARN_TEST_WRITE_PERMISSIONS"):
        TABLE.write_text(text)
    expected, found = TABLE.read_text().splitlines(), text.splitlines()
    assert found == expected, (
        "the product behaves otherwise than docs/permissions.md says; `make permissions` shows how"
    )


@pytest.mark.django_db
def test_no_address_is_missing_from_the_table(kolding: Any, koebenhavn: Any) -> None:
    _people, visits = build(kolding, koebenhavn)
    own = {name for name in url_names() if not name.startswith(LIBRARY)}
    missing = own - {one.name for one in visits} - PUBLIC_ELSEWHERE
    assert not missing, f"add to tests/permissions/scenario.py: {sorted(missing)}"
