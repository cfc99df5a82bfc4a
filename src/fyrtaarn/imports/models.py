"""An import of a file: its columns, its rows, what became of each, and what a municipality's columns are called."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Columns to be chosen")
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    UNDONE = "undone", _("Undone")


@tracked(exclude=("columns", "notes"))
class ImportRun(models.Model):
    """One file on its way in. Done in one transaction; undone in one."""

    kind = models.CharField(max_length=30)  # the registered importer: "challenge", "solution", "organisation"
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    columns = models.JSONField(default=list)  # headings as in the file, in order
    notes = models.JSONField(default=list)  # noticed while reading: [{"message": source string, "params": {…}}]
    mapping = models.JSONField(default=dict)  # field name -> column number
    publish = models.BooleanField(_("publish at once"), default=False)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    ended = models.DateTimeField(null=True)  # imported or undone

    class Meta:
        ordering = ("-created", "-pk")


class ImportRow(models.Model):
    """One row of the file as text, what is wrong with it, and what it became."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the workbook counts
    cells = models.JSONField(default=list)
    damages = models.JSONField(default=dict)  # cells that the file has spoilt: column number -> source string
    faults = models.JSONField(default=list)  # [{"field", "message": source string, "params": {…}}] stops the import
    warnings = models.JSONField(default=list)  # the same, stops nothing
    left_out = models.BooleanField(default=False)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("run", "number"), name="one_row_a_number")]


class KnownHeading(models.Model):
    """Which field a municipality's own heading meant the last time."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    heading = models.CharField(max_length=200)  # folded
    field = models.CharField(max_length=50)  # empty: left out

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("municipality", "kind", "heading"), name="one_meaning_a_heading")
        ]
