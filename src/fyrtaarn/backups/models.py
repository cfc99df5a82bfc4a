"""Nouns of the backups: which were made, and how it went when one was brought back for a trial."""

from django.db import models

from fyrtaarn.foundation import clock


class Backup(models.Model):
    """A backup that was made here and read back; the file itself lies where FYRTAARN_BACKUP_DIR says."""

    name = models.CharField(max_length=100, unique=True)
    made = models.DateTimeField(default=clock.now)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("-made", "-pk")


class Rehearsal(models.Model):
    """One trial of a restore into a database of its own that is thrown away; without a fault every row was the same."""

    backup = models.CharField(max_length=100)
    at = models.DateTimeField(default=clock.now)
    seconds = models.FloatField()
    tables = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-pk")
