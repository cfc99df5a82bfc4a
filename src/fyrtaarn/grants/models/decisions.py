"""The decision on an application: who said yes, what the party was heard about, the letter, the complaint."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.versions import Versioned


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Granted")
    IN_PART = "in_part", _("Granted in part")
    REFUSED = "refused", pgettext_lazy("of an application", "Refused")


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    HEARING = "hearing", _("The applicant is being heard")
    PROPOSED = "proposed", _("Waiting for those who decide")
    DECIDED = "decided", pgettext_lazy("of an application", "Decided")
    REVERSED = "reversed", _("Decided anew after a complaint")


@tracked()
class Decision(Versioned):
    """What is decided on an application; `oere` is granted in whole øre, 0 for a refusal.

    `second_needed`: two persons must say yes, as the pool's rule was when it was `proposed`, the last time.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    oere = models.BigIntegerField(_("amount granted"), default=0)
    reasons = models.TextField(_("reasons"))
    conditions = models.TextField(_("conditions"), blank=True)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.DRAFT)
    second_needed = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted = models.DateTimeField(default=clock.now)
    proposed = models.DateTimeField(null=True)
    decided = models.DateTimeField(null=True)
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("application", "-drafted", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("application",), condition=~Q(state="reversed"), name="one_decision_an_application"
            ),
            models.CheckConstraint(
                condition=Q(outcome="refused", oere=0) | (~Q(outcome="refused") & Q(oere__gt=0)), name="decision_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("decided", "reversed")) | Q(decided__isnull=False), name="decided_at_a_time"
            ),
        ]


@tracked()
class DecisionYes(models.Model):
    """One decider's yes to a proposed decision. Never that of the person who drafted it, where two are needed."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="yeses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "pk")
        verbose_name_plural = "decision yeses"
        constraints = [models.UniqueConstraint(fields=("decision", "by"), name="one_yes_a_decider")]


@tracked()
class Hearing(models.Model):
    """What the applicant is told before a decision that goes against it, and what it answers (party hearing).

    It names its application, because the applicant does not see the decision that is being drafted.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="hearing")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="hearings")
    text = models.TextField(_("what the decision will rest on"))
    due = models.DateField(_("answer by"))
    sent = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("your answer"), blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class ComplaintState(models.TextChoices):
    RECEIVED = "received", _("Received")
    UPHELD = "upheld", _("The applicant was right: it is decided anew")
    KEPT = "kept", _("The decision stands")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ANSWER_WITHIN = timedelta(days=28)


def answer_by() -> date:
    """The last day for the answer to a complaint that comes today."""
    return clock.today() + ANSWER_WITHIN


@tracked()
class Complaint(models.Model):
    """The applicant says that the decision is wrong; somebody else than who decided answers, by the day `due`."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="complaints")
    text = models.TextField(_("what is wrong with the decision?"))
    state = models.CharField(max_length=10, choices=ComplaintState.choices, default=ComplaintState.RECEIVED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    due = models.DateField(default=answer_by)
    answer = models.TextField(_("answer"), blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("decision",), condition=Q(state="received"), name="one_open_complaint_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("received", "withdrawn")) | (~Q(answer="") & Q(answered__isnull=False)),
                name="answered_complaint_has_answer",
            ),
        ]
