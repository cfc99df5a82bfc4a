"""Paging by key gives exactly the plain list; filters, search and exports show what is asked for and no more."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.template import engines
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.models import OutgoingMail

START = datetime(2026, 1, 1, tzinfo=UTC)
SORTS = (
    Sort("ny", "Nyeste", ("-claimed", "-pk")),
    Sort("gammel", "Ældste", ("claimed",)),
    Sort("emne", "Emne", ("subject", "-claimed", "attempts")),
    Sort("forsoeg", "Forsøg", ("-attempts", "subject")),
)
COLUMNS: tuple[Column[OutgoingMail], ...] = (
    Column("Emne", "subject", link=lambda mail: f"/post/{mail.pk}/"),
    Column("Forsøg", "attempts"),
    Column("Taget", "claimed"),
    Column("Sendt", lambda mail: mail.sent is not None),
)

CHANGED = [  # [], [1], ["a", "b"], [null, 99999999999999999999], ["\\0", 1], [null, null], [{}, 1]
    "W10=",
    "WzFd",
    "WyJhIiwgImIiXQ==",
    "W251bGwsIDk5OTk5OTk5OTk5OTk5OTk5OTk5XQ==",
    "WyJcdTAwMDAiLCAxXQ==",
    "W251bGwsIG51bGxd",
    "W3t9LCAxXQ==",
]

rows_of_mail = st.lists(
    st.tuples(st.sampled_from(["æble", "Øl", "a", "å", ""]), st.none() | st.integers(0, 3), st.integers(0, 2)),
    max_size=14,
)


def make(rows: list[tuple[str, int | None, int]]) -> None:
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            key=f"k{number}",
            recipient="anna@example.dk",
            subject=subject,
            text="Tekst",
            claimed=None if days is None else START + timedelta(days=days, microseconds=1),
            attempts=attempts,
        )
        for number, (subject, days, attempts) in enumerate(rows)
    )


def page(address: str = "/liste/", size: int = 25) -> ListPage[OutgoingMail]:
    return ListPage(
        RequestFactory().get(address),
        OutgoingMail.objects.all(),
        name="Post",
        columns=COLUMNS,
        sorts=SORTS,
        filters=(choice_filter("forsoeg", "Forsøg", "attempts", [(0, "Ingen"), (1, "Et")]),),
        search=("subject", "text"),
        page_size=size,
    )


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(rows=rows_of_mail, sort=st.sampled_from(SORTS), size=st.integers(1, 5))
def test_paging_forth_and_back_gives_the_plain_list(rows: Any, sort: Sort, size: int) -> None:
    with transaction.atomic():
        make(rows)
        order = sort.order if sort.order[-1] == "-pk" else (*sort.order, "pk")
        plain = list(OutgoingMail.objects.order_by(*order))
        seen, address = [], f"/liste/?sortering={sort.name}"
        pages = []
        while address:
            current = page(address, size)
            pages.append(current.rows)
            seen += current.rows
            address = current.pages.next_url
        assert seen == plain
        assert current.pages.next_url == ""
        backwards = [current.rows]
        while current.pages.previous_url:
            current = page(current.pages.previous_url, size)
            backwards.append(current.rows)
        assert [mail for part in reversed(backwards) for mail in part] == plain
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_rows_that_come_meanwhile_shift_nothing() -> None:
    make([("b", 1, 0), ("d", 1, 0), ("f", 1, 0)])
    first = page("/liste/?sortering=emne", 2)
    assert [mail.subject for mail in first.rows] == ["b", "d"]
    OutgoingMail.objects.create(key="new", recipient="a@example.dk", subject="a", text="")
    assert [mail.subject for mail in page(first.pages.next_url, 2).rows] == ["f"]


@pytest.mark.django_db
@given(cursor=st.text(max_size=40) | st.sampled_from(CHANGED), side=st.sampled_from(["efter", "foer"]))
def test_a_changed_address_never_fails(cursor: str, side: str) -> None:
    request = RequestFactory().get("/liste/", {side: cursor})
    found = ListPage(request, OutgoingMail.objects.all(), name="Post", columns=COLUMNS, sorts=SORTS)
    with transaction.atomic():
        assert found.rows == []


@pytest.mark.django_db
class TestFiltering:
    def test_by_choice_and_by_words(self) -> None:
        make([("Blå stol", None, 0), ("Blåt bord", None, 1), ("Rød stol", None, 1)])
        assert {mail.subject for mail in page("/liste/?forsoeg=1").rows} == {"Blåt bord", "Rød stol"}
        assert [mail.subject for mail in page("/liste/?forsoeg=1&soeg=STOL").rows] == ["Rød stol"]
        assert page("/liste/?soeg=blå+tekst").total == 2
        assert page("/liste/?soeg=%25").total == 0

    def test_an_unknown_choice_or_order_filters_nothing_and_says_so(self) -> None:
        make([("a", None, 0)])
        found = page("/liste/?forsoeg=77&sortering=ukendt")
        assert len(found.rows) == 1
        assert {"forsoeg", "sortering"} == set(found.form.errors)
        assert not found.is_filtered

    def test_the_addresses_carry_the_choices_and_nothing_else(self) -> None:
        make([("a", None, 1)] * 3)
        found = page("/liste/?forsoeg=1&sortering=emne&soeg=a&fremmed=1", 2)
        query = parse_qs(urlsplit(found.pages.next_url).query)
        assert set(query) == {"forsoeg", "sortering", "soeg", "efter"}
        assert found.cleared_url == "/liste/?sortering=emne"
        assert found.is_filtered

    def test_the_number_of_queries_does_not_grow(self, at_most_queries: Any) -> None:
        make([("a", None, 0)] * 60)
        with at_most_queries(2):
            found = page()
            assert found.cells
            assert found.summary
            assert found.pages.next_url


@pytest.mark.django_db
class TestExport:
    def test_the_list_as_filtered_on_all_pages(self) -> None:
        make([("a", None, 1), ("b", 2, 1), ("c", None, 0)])
        answer = page("/liste/?forsoeg=1&sortering=emne&format=csv&efter=x", 1).respond("unused.html")
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert lines[1:] == ["a;1;;Nej", "b;1;2026-01-03 01:00;Nej"] or lines[1:] == [
            "a;1;;No",
            "b;1;2026-01-03 01:00;No",
        ]

    def test_an_unknown_format_is_the_page(self) -> None:
        assert page("/liste/?format=exe").request.GET["format"] not in ("csv", "xlsx")


def shown(found: ListPage[OutgoingMail]) -> str:
    template = engines["django"].from_string(
        """{% cotton list-table :list="list" empty="Ingen post" %}{% endcotton %}"""
    )
    return str(template.render({"list": found}))


@pytest.mark.django_db
class TestComponent:
    def test_rows_pages_and_exports(self) -> None:
        make([("<b>fed</b>", None, 1234)] * 3)
        html = shown(page("/liste/?sortering=emne", 2))
        assert "&lt;b&gt;fed&lt;/b&gt;" in html
        assert "1.234" in html
        assert 'rel="next"' in html
        assert "format=xlsx" in html
        assert "(valgfrit)" not in html

    def test_an_empty_list_a_search_without_hits_and_a_stray_address(self) -> None:
        assert "Ingen post" in shown(page())
        assert "Ingen post" not in shown(page("/liste/?soeg=noget"))
        make([("a", None, 0)])
        assert 'href="/liste/"' in shown(page("/liste/?efter=x"))
