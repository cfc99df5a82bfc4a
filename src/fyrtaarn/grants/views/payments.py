"""Payments to and from the finance system. The columns of a payment file are those of HEADINGS:

number      our number of the grant and the instalment, as in 12-1
recipient   the organisation's name
cvr         its CVR number
amount      kroner, with two decimals
text        what stands on the recipient's account
key         our key; the finance system sends it back with what it has paid
"""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.exports import Value, table_response
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.rules import require

from .. import queries, rules
from ..actions import payments as actions
from ..forms import PaymentsForm
from ..models import PAYING, PaymentFile, PaymentImport
from .common import OfficeRequest, Trail

HEADINGS = ("number", "recipient", "cvr", "amount", "text", "key")
MOST_SHOWN = 20


@in_municipality
@require_safe
def payments(request: OfficeRequest) -> HttpResponse:
    """What waits to be handed over, and the files that were."""
    here = request.municipality
    require(rules.may_see_queue(request.user, here))
    ready = list(queries.approved_unsent(here))
    context = {
        "ready": ready,
        "sum": sum(one.oere for one in ready),
        "may_pay": bool(rules.may_pay(request.user, here)),
        "files": PaymentFile.objects.filter(municipality=here).select_related("by")[:MOST_SHOWN],
        "read": PaymentImport.objects.filter(municipality=here).select_related("by")[:MOST_SHOWN],
        "trail": _trail(request),
    }
    return render(request, "grants/payments.html", context)


@require_POST
@in_municipality
def hand_over(request: OfficeRequest) -> HttpResponse:
    """Make a file of all that waits."""
    actions.hand_over(request.user, request.municipality)
    return redirect(_address(request))


@in_municipality
@require_safe
def file(request: OfficeRequest, number: int) -> HttpResponseBase:
    """One payment file, as often as one likes."""
    here = request.municipality
    require(rules.may_see_queue(request.user, here))
    made = get_object_or_404(PaymentFile, municipality=here, number=number)
    return table_response("csv", _("Payments %(number)s") % {"number": number}, HEADINGS, _lines(made))


def _lines(made: PaymentFile) -> Iterator[tuple[Value, ...]]:
    for one in made.instalments.select_related("grant__organisation").order_by("pk"):
        organisation = one.grant.organisation
        number = f"{one.grant_id}-{one.number}"
        text = f"{one.grant.title} {number}"
        yield number, organisation.name, organisation.cvr or "", Decimal(one.oere) / 100, text, str(one.key)


@in_municipality
def read_in(request: OfficeRequest) -> HttpResponse:
    """Read what the finance system has paid."""
    here = request.municipality
    require(rules.may_pay(request.user, here))
    form = PaymentsForm(*sent(request))

    def read_file() -> PaymentImport:
        upload = form.cleaned_data["payments"]
        return actions.read_in(request.user, here, upload.name, upload.read())

    return form_page(
        request,
        form,
        read_file,
        title=_("Read in what has been paid"),
        lead=_("You see what fits before anything is noted."),
        submit=_("Read the file"),
        back=_address(request),
        done=_("The file is read. Look at it, and confirm."),
        trail=_trail(request),
        onwards=lambda made: reverse("grants:payments-read", args=[here.slug, made.pk]),
    )


@in_municipality
@require_safe
def read(request: OfficeRequest, pk: int) -> HttpResponse:
    """What a file says, row by row, beside what was expected."""
    found = _import(request, pk)
    rows = list(found.rows.select_related("instalment__grant__organisation"))
    context = {
        "payments": found,
        "fitting": [row for row in rows if row.match in PAYING],
        "differing": [row for row in rows if row.match not in PAYING],
        "may_confirm": found.confirmed is None and bool(rules.may_pay(request.user, request.municipality)),
        "trail": [*_trail(request), (found.name, "")],
    }
    return render(request, "grants/payments_read.html", context)


@require_POST
@in_municipality
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """Note what fits as paid."""
    found = _import(request, pk)
    actions.confirm(request.user, found)
    return redirect("grants:payments-read", request.municipality.slug, pk)


def _import(request: OfficeRequest, pk: int) -> PaymentImport:
    require(rules.may_see_queue(request.user, request.municipality))
    return get_object_or_404(PaymentImport, municipality=request.municipality, pk=pk)


def _address(request: OfficeRequest) -> str:
    return reverse("grants:payments", args=[request.municipality.slug])


def _trail(request: OfficeRequest) -> Trail:
    here = request.municipality
    office = reverse("grants:office", args=[here.slug])
    return [(here.label, f"/{here.slug}/"), (_("Grants"), office), (_("Payments"), _address(request))]
