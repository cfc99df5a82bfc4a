"""Two who load the demo at the same moment."""

from threading import Thread

import pytest
from django.db import connection

from fyrtaarn.demo.loading import load
from fyrtaarn.demo.models import DemoItem
from fyrtaarn.demo.reading import rows
from fyrtaarn.organisations.models import Organisation
from tests.grants.conftest import make_aid_values


@pytest.mark.django_db(transaction=True)
def test_two_who_load_at_once_load_once() -> None:
    make_aid_values()  # other tests may have emptied the tables
    lines: list[list[str]] = []

    def load_here() -> None:
        try:
            lines.append(load())
        finally:
            connection.close()

    threads = [Thread(target=load_here) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines) == 2
    assert sum(": 0 new" in line for line in lines[1]) == len(lines[1])
    assert Organisation.objects.count() == len(rows("organisations"))
    assert DemoItem.objects.filter(kind="organisation").count() == len(rows("organisations"))
