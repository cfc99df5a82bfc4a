"""An application with its budget, effect goals and declared state aid. It may be incomplete until it is sent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pools.models import AidRegime, Call, PoolRules, Stage
from fyrtaarn.portal.models import Challenge, Solution


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    RETURNED = "returned", _("Sent back to be mended")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", pgettext_lazy("of an application", "Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (ApplicationState.DRAFT, ApplicationState.SENT, ApplicationState.RETURNED)


@tracked(exclude=("saved_from",))
class Application(Versioned):
    """What an organisation asks of a pool. It keeps the rules it was made under. Amounts are whole øre.

    `asked` is the sum of the budget lines that the pool is to pay, kept by the action that changes them.
    `carried_from`: a refused or withdrawn application whose text this one begins with.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    rules = models.ForeignKey(PoolRules, on_delete=models.PROTECT, related_name="applications")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=150, blank=True)
    what = models.TextField(_("what will you do?"), blank=True)
    for_whom = models.TextField(_("for whom?"), blank=True)
    why = models.TextField(_("why is it needed?"), blank=True)
    future_economy = models.TextField(_("how will it carry itself afterwards?"), blank=True)
    shown = models.TextField(_("what have you shown already?"), blank=True)  # what the stage asks for
    starts = models.DateField(_("first day"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    asked = models.BigIntegerField(default=0)
    aid_declared = models.BooleanField(_("we have told of all aid in the last three years"), default=False)
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="da")
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    sent = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    draft_key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # one draft a form, however often sent
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    updated = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    saved_from = models.CharField(max_length=36, blank=True, editable=False)  # the open page that saved last

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")), name="application_period"
            ),
            models.CheckConstraint(condition=Q(asked__gte=0), name="application_asks"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn"))
                | (
                    Q(sent__isnull=False, starts__isnull=False, ends__isnull=False, asked__gt=0)
                    & ~Q(title="")
                    & ~Q(what="")
                ),
                name="sent_application_is_whole",
            ),
            models.UniqueConstraint(
                fields=("call", "organisation", "title"),
                condition=Q(state__in=("sent", "returned")),
                name="application_sent_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or gettext("Application without a title")

    @property
    def number(self) -> str:
        """What the applicant and the municipality call it by, on the receipt and in letters."""
        return f"{self.created.astimezone(clock.COPENHAGEN):%Y}-{self.pk}"

    @property
    def path(self) -> str:
        """The address of its page for the applicant."""
        return reverse("applications:application", args=[self.pk])


class CostKind(models.TextChoices):
    WAGES = "wages", _("Wages")
    MATERIALS = "materials", _("Materials and goods")
    RENT = "rent", _("Rent and rooms")
    SERVICES = "services", _("Bought help")
    TRANSPORT = "transport", _("Transport")
    OTHER = "other", _("Other")


class Source(models.TextChoices):
    POOL = "pool", _("This pool")
    OWN = "own", _("Own money or time")
    OTHERS = "others", _("Others")


@tracked()
class BudgetLine(models.Model):
    """One cost and who pays it. Whole øre; in a draft text and amount may still be missing ("" and 0)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=CostKind.choices)
    text = models.CharField(_("what for"), max_length=150, blank=True)
    oere = models.BigIntegerField(_("amount"), default=0)
    source = models.CharField(_("who pays"), max_length=10, choices=Source.choices, default=Source.POOL)

    class Meta:
        ordering = ("application", "number")
        constraints = [
            models.UniqueConstraint(fields=("application", "number"), name="one_budget_line_a_number"),
            models.CheckConstraint(condition=Q(oere__gte=0), name="budget_line_amount"),
        ]


class BottomLine(models.TextChoices):
    PEOPLE = "people", _("People")
    ENTERPRISE = "enterprise", _("The enterprise")
    SOCIETY = "society", _("Society")


@tracked()
class EffectGoal(models.Model):
    """What is to come of it, and how one will know."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    bottom_line = models.CharField(_("for"), max_length=10, choices=BottomLine.choices)
    text = models.CharField(_("what changes?"), max_length=200, blank=True)
    measure = models.CharField(_("how do you measure it?"), max_length=200, blank=True)
    target = models.CharField(_("goal"), max_length=100, blank=True)

    class Meta:
        ordering = ("application", "number")
        constraints = [models.UniqueConstraint(fields=("application", "number"), name="one_goal_a_number")]


@tracked()
class DeclaredAid(models.Model):
    """State aid from others that the enterprise, or one linked with it, has been granted. `cents` are euro cents."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="declared_aid")
    cvr = models.CharField(_("CVR number"), max_length=8)
    giver = models.CharField(_("granted by"), max_length=150)
    day = models.DateField(_("granted on"))
    cents = models.BigIntegerField(_("amount in euro"))
    regime = models.CharField(_("rule"), max_length=20, choices=AidRegime.choices, default=AidRegime.DE_MINIMIS)

    class Meta:
        ordering = ("application", "-day", "pk")
        verbose_name_plural = "declared aid"
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="declared_aid_amount"),
            models.CheckConstraint(condition=~Q(regime="none"), name="declared_aid_is_aid"),
        ]


@tracked()
class LinkedEnterprise(models.Model):
    """An enterprise that is one single undertaking with the applicant's, by its CVR number."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="linked")
    cvr = models.CharField(_("CVR number"), max_length=8)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        ordering = ("application", "cvr")
        constraints = [models.UniqueConstraint(fields=("application", "cvr"), name="linked_enterprise_once")]


@tracked()
class SentVersion(models.Model):
    """The application as it was when it was sent, the first time or after it was mended. Others read this."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()

    class Meta:
        ordering = ("application", "number")
        constraints = [models.UniqueConstraint(fields=("application", "number"), name="one_sent_version_a_number")]


@tracked()
class ApplicantQuestion(models.Model):
    """What those who assess have asked the applicant, and the answer. `mend`: the application was sent back with it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("question"))
    mend = models.BooleanField(default=False)
    due = models.DateField(_("answer by"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered=None, answered_by=None) | Q(answered__isnull=False, answered_by__isnull=False),
                name="question_is_answered_by_somebody",
            )
        ]
