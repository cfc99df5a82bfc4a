"""What fails every test that is careless: undefined template variables, order by chance, queries that grow."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.utils import translation


class UndefinedVariable(Exception):
    """A template used a variable that its view did not give."""


class FailOnUndefined(str):
    """Stands for Django's `string_if_invalid`: complains instead of printing nothing."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, variable: Any) -> str:
        raise UndefinedVariable(f"the template variable {variable!s} is not defined")


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> None:
    """Undefined variables in our own templates fail."""
    from django.template import engines

    engines["django"].engine.string_if_invalid = FailOnUndefined()


@pytest.fixture(autouse=True)
def danish_at_first() -> None:
    """Every test begins in Danish, whatever language the one before ended in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def vocabulary_of_the_test() -> None:
    """No test reads with a vocabulary that another has published."""
    from fyrtaarn.vocabulary import current

    current.forget()


@pytest.fixture(autouse=True)
def shuffled_where_unordered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A query without an order gives its rows in random order, so that nobody relies on one."""
    original = SQLCompiler.get_order_by

    def get_order_by(self: SQLCompiler) -> Any:
        order = original(self)
        plain = not (
            order or self.query.group_by or self.query.distinct or self.query.combinator or self.query.is_sliced
        )
        if plain and not self.query.select_for_update and not self.query.subquery:
            from django.db.models import OrderBy

            resolved = OrderBy(RawSQL("random()", [])).resolve_expression(self.query)
            return [(resolved, (*self.compile(resolved), False))]
        return order

    monkeypatch.setattr(SQLCompiler, "get_order_by", get_order_by)


def statements_of(captured: CaptureQueriesContext) -> list[str]:
    """The captured statements that ask or tell the database something; those around transactions do not count."""
    around = ("SAVEPOINT", "ROLLBACK", "RELEASE", "SELECT set_config('fyrtaarn.reader'", "BEGIN")
    return [query["sql"] for query in captured if not query["sql"].startswith(around)]


class QueryBudget(AssertionError):
    """More queries than the page may use."""


@pytest.fixture
def at_most_queries() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """`with at_most_queries(12): client.get(…)` fails, with all statements shown, when there are more."""

    @contextmanager
    def budget(most: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured
        real = statements_of(captured)
        if len(real) > most:
            listing = "\n".join(f"{i}. {sql}" for i, sql in enumerate(real, 1))
            raise QueryBudget(f"{len(real)} queries, at most {most} allowed:\n{listing}")

    return budget
