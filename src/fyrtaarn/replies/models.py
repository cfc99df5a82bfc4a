"""Which answers have been taken in, so that none is taken in twice."""

from django.db import models

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import OutgoingMail


class TakenAnswer(models.Model):
    """An answer to one of our mails. A server that has not heard our thanks hands it over again."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # of its Message-ID
    taken = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("mail", "digest"), name="answer_taken_once")]
