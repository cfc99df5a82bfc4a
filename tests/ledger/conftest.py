"""A pool's book with two contributors, a round and a grant."""

from typing import Any

import pytest

from tests.harness.people import make_employee, make_organisation, make_user
from tests.separation.conftest import connect as connect


@pytest.fixture
def manager(kolding: Any) -> Any:
    return make_employee(kolding, "fund_manager")


@pytest.fixture
def auditor(kolding: Any) -> Any:
    return make_employee(kolding, "auditor")


@pytest.fixture
def recipient(kolding: Any) -> Any:
    return make_organisation(kolding, "Eksempelværkstedet", owner=make_user("Ida Iværksætter"))


@pytest.fixture
def book(kolding: Any, recipient: Any) -> Any:
    from .pool import make_book

    return make_book(kolding, recipient)
