"""What people ask about, and who answers: the municipality says so beforehand."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.models import SortedByName
from fyrtaarn.foundation.versions import Versioned

MOST_DAYS = 30


@tracked()
class CaseTopic(SortedByName, Versioned):
    """What people ask about: the words they use, the department that answers, and how soon.

    A question goes `straight` to the department when the topic is clear; otherwise a person confirms it first.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="case_topics")
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    words = models.TextField(_("words that people use"), blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="case_topics", verbose_name=_("department")
    )
    days = models.PositiveSmallIntegerField(
        _("working days until an answer"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    straight = models.BooleanField(_("goes straight to the department"), default=False)
    ended = models.DateTimeField(null=True, editable=False)

    class Meta(SortedByName.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "name"), condition=Q(ended=None), name="one_topic_of_a_name"
            ),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=MOST_DAYS), name="topic_days"),
            models.CheckConstraint(
                condition=Q(straight=False) | Q(department__isnull=False), name="straight_to_a_department"
            ),
        ]

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


@tracked()
class ContactProfile(Versioned):
    """What a contact person of a department takes care of, and who helps when she does not manage."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contact_profiles")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="contact_profiles")
    topics = models.ManyToManyField(CaseTopic, blank=True, related_name="contacts", verbose_name=_("topics"))
    help_da = models.CharField(_("what you can help with, in Danish"), max_length=300, blank=True)
    help_en = models.CharField(_("what you can help with, in English"), max_length=300, blank=True)
    deputy = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    ended = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("department", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "department"), condition=Q(ended=None), name="one_profile_a_department"
            ),
            models.CheckConstraint(condition=~Q(deputy=F("id")), name="deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.department.label}"

    @property
    def help(self) -> str:
        return self.help_en if get_language() == "en" and self.help_en else self.help_da


@tracked()
class Absence(models.Model):
    """A contact person is away in the half-open period [starts, ends); `stand_in` answers, else her deputy."""

    contact = models.ForeignKey(ContactProfile, on_delete=models.CASCADE, related_name="absences")
    starts = models.DateField(_("first day away"))
    ends = models.DateField(_("back on"))
    stand_in = models.ForeignKey(
        ContactProfile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )

    class Meta:
        ordering = ("starts", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="absence_period"),
            models.CheckConstraint(condition=~Q(stand_in=F("contact")), name="stand_in_is_another"),
        ]


@tracked()
class SavedAnswer(Versioned):
    """An answer that a department gives often; a person changes it before she sends it."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="saved_answers")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("answer"), max_length=5000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint(fields=("department", "title"), name="one_answer_of_a_title")]

    def __str__(self) -> str:
        return self.title
