"""Payments: handed over to the finance system in a file, once each, and read back as paid, once each."""

import hashlib
import io
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.importing import folded
from fyrtaarn.foundation.money import oere_in
from fyrtaarn.foundation.reading import Unreadable, read_table
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import WrongState
from fyrtaarn.people.models import User

from .. import queries, rules
from ..matching import Expected, Told, match_rows
from ..models import PAYING, Instalment, PaymentFile, PaymentImport, PaymentRow
from .instalments import note_paid

COLUMNS = {
    "key": ("key", "nøgle"),
    "cvr": ("cvr", "cvr-nummer"),
    "amount": ("amount", "beløb"),
    "day": ("date", "day", "dato"),
    "reference": ("reference", "bilag", "bilagsnummer"),
}
"""What a column of a file is called, in either language."""


@transaction.atomic
def hand_over(user: User, municipality: Municipality) -> PaymentFile:
    """Put all approved instalments that have not been handed over into one file; two at once never share any."""
    held = hold(Municipality.objects.all(), municipality.pk)
    require(rules.may_pay(user, held))
    ready = list(queries.approved_unsent(held))
    if not ready:
        raise Refused(_("No approved instalment waits to be handed over."))
    latest = PaymentFile.objects.filter(municipality=held).order_by("-number").first()
    made = PaymentFile.objects.create(municipality=held, number=latest.number + 1 if latest else 1, by=user)
    for instalment in ready:
        current = hold(Instalment.objects.all(), instalment.pk)
        if current.state == instalment.state and current.file_id is None:
            current.file = made
            current.save(update_fields=["file"])
    return made


@transaction.atomic
def read_in(user: User, municipality: Municipality, name: str, content: bytes) -> PaymentImport:
    """Read what the finance system has paid and hold it against what was expected; nothing is noted as paid yet.

    Raises ValidationError where the file cannot be read, Refused where the same file has been read before.
    """
    require(rules.may_pay(user, municipality))
    rows = _rows_in(content)
    try:
        with transaction.atomic():
            read = PaymentImport.objects.create(
                municipality=municipality, name=name[:200], digest=hashlib.sha256(content).hexdigest(), by=user
            )
    except IntegrityError as fault:
        raise Refused(_("This file has been read in already.")) from fault
    expected = [
        Expected(one.pk, str(one.key), one.grant.organisation.cvr or "", one.oere, one.state)
        for one in queries.payable_in(municipality)
    ]
    for row, (match, instalment) in zip(rows, match_rows([_told(row) for row in rows], expected), strict=True):
        row.payments, row.match, row.instalment_id = read, match, instalment
    PaymentRow.objects.bulk_create(rows)
    return read


@transaction.atomic
def confirm(user: User, payments: PaymentImport) -> PaymentImport:
    """Note the rows that fit as paid, once; what differs is left for a person."""
    held = hold(PaymentImport.objects.all(), payments.pk)
    require(rules.may_pay(user, held.municipality))
    if held.confirmed is not None:
        raise WrongState
    fitting = held.rows.filter(match__in=PAYING).select_related("instalment__grant")
    for row in fitting.order_by("instalment_id"):
        if row.instalment is not None:
            note_paid(user, row.instalment, row.day or clock.today(), row.reference)
    held.confirmed = clock.now()
    held.save(update_fields=["confirmed"])
    return held


def _rows_in(content: bytes) -> list[PaymentRow]:
    names = {folded(word): name for name, words in COLUMNS.items() for word in words}
    try:
        table = read_table(io.BytesIO(content), len(content), lambda heading: folded(heading) in names)
    except Unreadable as fault:
        raise ValidationError(str(fault)) from fault
    columns = [names.get(folded(heading)) for heading in table.headings]
    if "amount" not in columns or not {"key", "cvr"} & set(columns):
        raise ValidationError(_("The file must have a column with the amount, and one with our key or the CVR number."))
    rows = []
    for number, cells in table.rows:
        said = {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if name}
        rows.append(_row(number, said))
    return rows


def _row(number: int, said: dict[str, str]) -> PaymentRow:
    row = PaymentRow(
        number=number,
        key=said.get("key", "")[:40].lower(),
        cvr="".join(filter(str.isdigit, said.get("cvr", "")))[:8],
        reference=said.get("reference", "")[:60],
    )
    try:
        row.oere, row.day = oere_in(said["amount"]), _day_in(said.get("day", ""))
    except ValueError as fault:
        row.oere, row.fault = None, str(fault)[:200]
    if row.day is not None and row.day > clock.today():
        row.oere, row.fault = None, str(_("The day has not come yet."))
    return row


def _day_in(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day has no hour
        except ValueError:
            continue
    if text:
        raise ValueError(text)
    return None


def _told(row: PaymentRow) -> Told:
    return Told(row.key, row.cvr, row.oere)
