"""Who is overtaken by somebody who removes the thing is told so; who points to what is held is not kept waiting."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

import fyrtaarn
from fyrtaarn.areas import actions
from fyrtaarn.areas.models import District
from fyrtaarn.foundation.holding import Gone, hold
from fyrtaarn.people.models import User
from tests.harness.people import make_employee, make_user
from tests.harness.races import at_once


@pytest.mark.django_db
def test_what_has_been_removed_is_gone_for_the_second(kolding: Any) -> None:
    administrator: Any = make_employee(kolding, "municipality_administrator")
    district = District.objects.create(municipality=kolding, name="Vamdrup", slug="vamdrup")
    District.objects.filter(pk=district.pk).delete()
    with pytest.raises(Gone):
        actions.remove(district, by=administrator)
    with pytest.raises(Gone):
        actions.change(district, {"name": "Nyt"}, version=1, by=administrator)


@pytest.mark.django_db(transaction=True)
def test_others_may_point_to_what_is_held() -> None:
    """They look at it when their transaction ends; were they to wait then, the two could wait for each other."""
    anna = make_user("Anna")

    def point_to_her() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            anna.notice_choices.create(kind="portal.interest", rhythm="daily")

    with transaction.atomic():
        hold(User.objects.all(), anna.pk)
        assert at_once(point_to_her) == [None]


def test_nothing_is_held_against_those_who_point_to_it() -> None:
    for path in Path(fyrtaarn.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "select_for_update":
                given = {one.arg: ast.unparse(one.value) for one in call.keywords}
                assert given.get("no_key") == "True", f"{path}:{call.lineno}: say no_key=True, as holding.py explains"
