"""Payments: handed over once, read back once, matched to what was expected, and never guessed."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st
from openpyxl import Workbook

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import WrongState
from fyrtaarn.grants.actions import instalments, payments
from fyrtaarn.grants.matching import Expected, Told, match_rows
from fyrtaarn.grants.models import Instalment, PaymentFile, PaymentImport, RowMatch
from tests.harness.browser import html_faults
from tests.harness.races import at_once

from .conftest import THOUSAND, Given, give, make_funding, make_given

STATES = st.sampled_from(("planned", "approved", "paid", "dropped"))
EXPECTED = st.lists(
    st.tuples(st.sampled_from(("10000001", "10000002", "")), st.integers(1, 3), STATES), max_size=6
).map(lambda rows: [Expected(pk, f"k{pk}", *row) for pk, row in enumerate(rows, start=1)])
ROWS = st.lists(
    st.builds(
        Told,
        st.sampled_from(("", "", "k1", "k2", "k3", "k9")),
        st.sampled_from(("10000001", "10000002", "")),
        st.one_of(st.none(), st.integers(1, 3)),
    ),
    max_size=8,
)
PAYS = (RowMatch.FITS, RowMatch.BY_AMOUNT)


@hypothesis_given(ROWS, EXPECTED)
def test_what_is_noted_as_paid_was_approved_with_that_amount_and_once(
    rows: list[Told], expected: list[Expected]
) -> None:
    known = {one.pk: one for one in expected}
    matched = match_rows(rows, expected)
    paid = [(row, known[pk]) for row, (match, pk) in zip(rows, matched, strict=True) if match in PAYS and pk]
    assert len({one.pk for _row, one in paid}) == len(paid) == sum(match in PAYS for match, _pk in matched)
    for row, one in paid:
        assert (one.state, one.oere) == ("approved", row.oere)
        assert row.key == one.key or (not row.key and row.cvr == one.cvr != "")


@hypothesis_given(EXPECTED)
def test_a_file_of_all_that_is_approved_fits_whole(expected: list[Expected]) -> None:
    rows = [Told(one.key, "", one.oere) for one in expected if one.state == "approved"]
    assert {match for match, _pk in match_rows(rows, expected)} <= {RowMatch.FITS}


def approved(given: Given) -> Any:
    return instalments.approve(given.manager, given.instalments()[0])


def read(given: Given, text: str) -> PaymentImport:
    return payments.read_in(given.manager, given.funding.municipality, "betalt.csv", text.encode())


@pytest.mark.django_db
def test_what_is_approved_is_handed_over_once(given: Given) -> None:
    first = approved(given)
    made = payments.hand_over(given.manager, given.funding.municipality)
    first.refresh_from_db()
    assert (made.number, first.file) == (1, made)
    with pytest.raises(Refused, match="No approved instalment"):
        payments.hand_over(given.manager, given.funding.municipality)
    with pytest.raises(Refused, match="handed over"):
        instalments.take_back(given.manager, first, "Fortrudt.")
    with pytest.raises(Refused):
        payments.hand_over(given.owner, given.funding.municipality)


@pytest.mark.django_db
def test_what_has_been_paid_is_read_shown_and_noted_once(given: Given) -> None:
    first, other = approved(given), approved(give(given.funding, given.organisation, given.owner, 10 * THOUSAND))
    text = f"Nøgle;Beløb;Dato;Bilag\n{first.key};80.000,00;{first.grant.granted:%d.%m.%Y};U-7\n{first.key};80.000;;\n"
    text += f"{other.key};9.999;;\nukendt;5;;\n{other.key};mange;;\n"
    made = read(given, text)
    assert [row.match for row in made.rows.all()] == ["fits", "twice", "other_amount", "unknown", "faulty"]
    with pytest.raises(Refused, match="already"):
        read(given, text)
    payments.confirm(given.manager, made)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.state, first.reference, other.state) == ("paid", "U-7", "approved")
    with pytest.raises(WrongState):
        payments.confirm(given.manager, made)
    again = read(given, text + "\n")
    assert again.rows.get(number=2).match == "paid_already"
    by_amount = read(given, "cvr;amount\n10000009;10.000\n10000009;10.000\n")
    assert [row.match for row in by_amount.rows.all()] == ["by_amount", "unknown"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "Navn;Beløb\nA;5\n", "nøgle\nabc\n", "\x00\x01"])
def test_a_file_that_says_too_little_is_refused_in_words(given: Given, text: str) -> None:
    with pytest.raises(ValidationError):
        read(given, text)
    assert not PaymentImport.objects.exists()


@pytest.mark.django_db
def test_the_pages_of_payments(client: Client, given: Given) -> None:
    first = approved(given)
    client.force_login(given.manager)
    assert html_faults(client.get("/kolding/bevillinger/betalinger/").content.decode()) == []
    assert client.post("/kolding/bevillinger/betalinger/giv-videre/").status_code == 302
    assert client.post("/kolding/bevillinger/betalinger/giv-videre/").status_code == 403
    made = b"".join(client.get("/kolding/bevillinger/betalinger/fil/1/").streaming_content).decode()  # type: ignore[attr-defined]
    assert str(first.key) in made
    address = "/kolding/bevillinger/betalinger/indlaes/"
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"payments": SimpleUploadedFile("a.csv", b"Navn\nA\n")}).status_code == 422
    book, content = Workbook(), io.BytesIO()
    for line in (("key", "amount", "date"), (str(first.key), "80.000", f"{first.grant.granted}"), ("x", "1", "")):
        book.active.append(line)  # type: ignore[union-attr]
    book.save(content)
    answer = client.post(address, {"payments": SimpleUploadedFile("betalt.xlsx", content.getvalue())})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert html_faults(page) == []
    assert client.post(f"{answer['Location']}bekraeft/").status_code == 302
    assert Instalment.objects.get(pk=first.pk).state == "paid"
    client.force_login(given.owner)
    assert client.get("/kolding/bevillinger/betalinger/").status_code == 403
    assert client.get(answer["Location"]).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_and_confirm_at_once(kolding: Any) -> None:
    given = make_given(make_funding(kolding))
    first = approved(given)
    outcomes = at_once(*[lambda: payments.hand_over(given.manager, kolding)] * 2)
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert PaymentFile.objects.count() == 1
    text = f"key;amount\n{first.key};80.000\n"
    outcomes = at_once(*[lambda: read(given, text)] * 2)
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    made = PaymentImport.objects.get()
    outcomes = at_once(*[lambda: payments.confirm(given.manager, made)] * 2)
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1
    assert given.balance("cash", "") == 920 * THOUSAND
