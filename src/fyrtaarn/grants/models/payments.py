"""What the finance system says that it has paid, row by row, beside what we expected."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock

from .grants import Instalment


class PaymentImport(models.Model):
    """One file of payments from the finance system; `digest` is its SHA-256, so that it is read once.

    `confirmed`: when its matching rows were noted as paid.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="payment_imports")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    confirmed = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=("municipality", "digest"), name="payment_file_read_once")]


class RowMatch(models.TextChoices):
    """How a row stands to the instalments."""

    FITS = "fits", _("Fits")
    BY_AMOUNT = "by_amount", _("Fits by recipient and amount")
    PAID_ALREADY = "paid_already", _("Noted as paid already")
    OTHER_AMOUNT = "other_amount", _("Another amount")
    NOT_APPROVED = "not_approved", _("Not approved for payment")
    TWICE = "twice", _("Stands twice in the file")
    UNKNOWN = "unknown", _("Fits no instalment")
    FAULTY = "faulty", _("Cannot be read")


PAYING = (RowMatch.FITS, RowMatch.BY_AMOUNT)
"""Rows that are noted as paid when the file is confirmed."""


class PaymentRow(models.Model):
    """One payment as the finance system gives it. Whole øre; nothing of a row that cannot be read but its words."""

    payments = models.ForeignKey(PaymentImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=40, blank=True)
    cvr = models.CharField(max_length=8, blank=True)
    oere = models.BigIntegerField(null=True)
    day = models.DateField(null=True)
    reference = models.CharField(max_length=60, blank=True)
    match = models.CharField(max_length=15, choices=RowMatch.choices)
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, null=True, related_name="rows")
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("payments", "number")
        constraints = [models.UniqueConstraint(fields=("payments", "number"), name="one_payment_row_a_number")]
