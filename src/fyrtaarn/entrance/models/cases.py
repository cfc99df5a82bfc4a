"""A question and all that is said and done about it. Visible to the asker and to the departments that have part in it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation

from .answers import PublicAnswer
from .desks import CaseTopic

LONGEST = 5000


class CaseState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Waiting for the asker to confirm her e-mail address")
    RECEIVED = "received", _("Received")
    ROUTED = "routed", _("With a department")
    IN_PROGRESS = "in_progress", _("Being worked on")
    WAITING = "waiting", _("Waiting for the asker")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Part of another question")


OPEN_STATES = (CaseState.RECEIVED, CaseState.ROUTED, CaseState.IN_PROGRESS, CaseState.WAITING, CaseState.ANSWERED)
OVER_STATES = (CaseState.CLOSED, CaseState.MERGED)
UNROUTED_STATES = (CaseState.UNCONFIRMED, CaseState.RECEIVED)


class Outcome(models.TextChoices):
    """What came of a question."""

    HELPED = "helped", _("Got an answer or help")
    PASSED_ON = "passed_on", _("Sent on to somebody outside the municipality")
    NOT_POSSIBLE = "not_possible", _("The municipality cannot help with it")
    LAPSED = "lapsed", _("Given up or no longer needed")


class Ground(models.TextChoices):
    """Why it is the holder who has the question."""

    TOPIC = "topic", _("takes care of the topic")
    STAND_IN = "stand_in", _("stands in for a colleague who is away")
    DEPARTMENT = "department", _("is contact person in the department")
    LEAD = "lead", _("leads the department")
    CHOSEN = "chosen", _("was chosen by a colleague")
    TOOK = "took", _("took it up")


class MessageSide(models.TextChoices):
    ASKER = "asker", _("The asker")
    MUNICIPALITY = "municipality", _("The municipality")
    INTERNAL = "internal", _("Internal note")


@tracked(exclude=("key",))
class Case(models.Model):
    """One question to a municipality, from the asker's first words to what came of it.

    `departments` are all that have or have had part in it; `department` is the one that answers for it now.
    A guest has no account: her letter holds the `key`, signed.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(_("question"), max_length=120)
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.RECEIVED)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="cases")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="cases")
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="da")
    about = models.ForeignKey(Listing, on_delete=models.SET_NULL, null=True, related_name="+")
    topic = models.ForeignKey(CaseTopic, on_delete=models.PROTECT, null=True, related_name="cases")
    suggestions = models.JSONField(default=list)  # what the engine proposed: topic, share in per cent, words
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="cases")
    departments = ArrayField(models.BigIntegerField(), default=list)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    sorted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(default=clock.now)
    received = models.DateTimeField(null=True)
    due = models.DateField(null=True)  # the last day for an answer
    waiting_since = models.DateField(null=True)
    waited = models.PositiveSmallIntegerField(default=0)  # working days that it waited for the asker
    answered = models.DateTimeField(null=True)  # the first answer
    answered_in = models.PositiveSmallIntegerField(null=True)  # working days, without those that it waited
    escalated = models.PositiveSmallIntegerField(default=0)  # 1: the deputy was told, 2: the department's lead
    unreached = models.DateTimeField(null=True)  # a mail to the asker came back, and she has not written since
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    known = models.ForeignKey(PublicAnswer, on_delete=models.PROTECT, null=True, related_name="cases")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    latest = models.DateTimeField(default=clock.now)
    latest_side = models.CharField(max_length=12, choices=MessageSide.choices, default=MessageSide.ASKER)

    class Meta:
        ordering = ("-latest", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(asker__isnull=False) | ~Q(email="") | Q(state__in=("closed", "merged")),
                name="open_case_has_asker",
            ),
            models.CheckConstraint(
                condition=Q(state="unconfirmed") | Q(received__isnull=False, due__isnull=False), name="case_received"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("unconfirmed", "received", "closed", "merged")) | Q(department__isnull=False),
                name="routed_case_has_department",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_since__isnull=False), name="waiting_case_since"
            ),
            models.CheckConstraint(
                condition=Q(answered__isnull=True, answered_in__isnull=True)
                | Q(answered__isnull=False, answered_in__isnull=False),
                name="answered_case_in_days",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed__isnull=False) & ~Q(outcome="")),
                name="closed_case_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="merged_case_into_another"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="case_not_into_itself"),
        ]
        indexes = [
            models.Index(fields=("municipality", "state", "due"), name="case_board"),
            GinIndex(fields=("departments",), name="case_departments"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asker_name(self) -> str:
        """Who asks, as the municipality sees it."""
        return str(self.asker) if self.asker else self.name or self.email

    @property
    def is_overdue(self) -> bool:
        """Whether the first answer is later than promised."""
        return self.answered is None and self.state in OPEN_STATES and self.due is not None and self.due < clock.today()


@tracked()
class CaseMessage(models.Model):
    """One message in a case, or a note that the municipality keeps to itself; files hang on it as stored files."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=12, choices=MessageSide.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("message"), max_length=LONGEST)
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("created", "pk")


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")


@tracked()
class CaseTask(models.Model):
    """One department's part of a case, with a contact person of its own and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.TextField(_("what the department is asked for"), max_length=2000)
    state = models.CharField(max_length=5, choices=TaskState.choices, default=TaskState.OPEN)
    answer = models.TextField(_("what came of it"), max_length=LONGEST, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given = models.DateTimeField(default=clock.now)
    done = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("given", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("case", "department"), condition=Q(state="open"), name="one_open_task_a_department"
            ),
            models.CheckConstraint(
                condition=Q(state="open", done__isnull=True) | Q(state="done", done__isnull=False),
                name="done_task_has_moment",
            ),
        ]


class CaseGrowth(models.Model):
    """What has grown of a case elsewhere, such as a challenge, by the kind and key of listings.growing."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="growths")
    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    grown_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    grown = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("grown", "pk")
        constraints = [models.UniqueConstraint(fields=("case", "kind", "subject_id"), name="one_growth_of_a_subject")]
        indexes = [models.Index(fields=("kind", "subject_id"), name="growth_subject")]


class RatingAnswer(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Rating(models.Model):
    """The asker's answer to the one question: were you helped?"""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="rating")
    answer = models.CharField(_("were you helped?"), max_length=6, choices=RatingAnswer.choices)
    words = models.CharField(_("a few words to the municipality"), max_length=500, blank=True)
    given = models.DateTimeField(default=clock.now)
