"""An import of a workbook: its columns, its rows, what became of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Columns to be chosen")
    CHECKED = "checked", _("Checked")
    DONE = "done", _("Imported")
    UNDONE = "undone", _("Undone")


@tracked(exclude=("columns",))
class ImportRun(models.Model):
    """One workbook on its way in. Done in one transaction; undone in one."""

    kind = models.CharField(max_length=30)  # the registered importer: "challenge", "solution", "organisation"
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    columns = models.JSONField(default=list)  # headings as in the file, in order
    mapping = models.JSONField(default=dict)  # field name -> column number
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-created", "-pk")


class ImportRow(models.Model):
    """One row of the file as text, what is wrong with it, and what it became."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the workbook counts, the heading being row 1
    cells = models.JSONField(default=list)
    faults = models.JSONField(default=list)  # [{"field": …, "message": …}]
    left_out = models.BooleanField(default=False)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("run", "number"), name="one_row_a_number")]
