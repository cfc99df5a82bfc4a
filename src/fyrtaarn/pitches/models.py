"""Pitches, the versions of them that others have been shown, and what ambassadors say of these."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.organisations.models import Ambassador, Organisation

from .parts import Part, reading_seconds, words_in

LONGEST = 1500
LONG_ENOUGH = MaxLengthValidator(LONGEST)


class Words(models.Model):
    """What a pitch says; any part may still be empty."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    title = models.CharField(_("title"), max_length=100, blank=True)
    problem = models.TextField(Part.PROBLEM.label, blank=True, validators=[LONG_ENOUGH])
    for_whom = models.TextField(Part.FOR_WHOM.label, blank=True, validators=[LONG_ENOUGH])
    solution = models.TextField(Part.SOLUTION.label, blank=True, validators=[LONG_ENOUGH])
    effect = models.TextField(Part.EFFECT.label, blank=True, validators=[LONG_ENOUGH])
    ask = models.TextField(Part.ASK.label, blank=True, validators=[LONG_ENOUGH])
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("department"),
    )
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES, default="da")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or gettext("Pitch without a title")

    @property
    def texts(self) -> list[tuple[Part, str]]:
        """The parts that say something, in the order of the page."""
        return [(part, text) for part in Part if (text := getattr(self, part).strip())]

    @property
    def words(self) -> int:
        return sum(words_in(text) for _part, text in self.texts)

    @property
    def seconds(self) -> int:
        """How long it takes to read."""
        return reading_seconds(self.words)


class PitchState(models.TextChoices):
    PRIVATE = "private", _("Only your team sees it")
    SHOWN = "shown", _("Shown on your page")
    PUT_AWAY = "put_away", _("Put away")


@tracked(exclude=("saved_from",))
class Pitch(Words, Versioned):
    """What an organisation's team writes on. Others see versions of it that the team has chosen to show."""

    state = models.CharField(max_length=10, choices=PitchState.choices, default=PitchState.PRIVATE)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    updated = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_from = models.CharField(max_length=36, blank=True, editable=False)  # the open page that saved last

    class Meta:
        ordering = ("-updated", "-pk")


@tracked()
class PitchVersion(Words):
    """A pitch as it was when it was shown to somebody; `shown` on the organisation's page."""

    pitch = models.ForeignKey(Pitch, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    shown = models.BooleanField(default=False)
    made = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pitch", "-number")
        constraints = [
            models.UniqueConstraint(fields=("pitch", "number"), name="one_version_of_a_number"),
            models.UniqueConstraint(fields=("pitch",), condition=Q(shown=True), name="one_version_shown"),
        ]


class ReviewState(models.TextChoices):
    ASKED = "asked", _("Waiting for comments")
    DONE = "done", _("Comments are ready")
    DECLINED = "declined", _("The ambassador has no time")
    WITHDRAWN = "withdrawn", _("No longer needed")


@tracked()
class PitchReview(models.Model):
    """One ambassador is asked for comments on one version, until a day."""

    version = models.ForeignKey(PitchVersion, on_delete=models.CASCADE, related_name="reviews")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="pitch_reviews")
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.ASKED)
    message = models.TextField(_("a few words to the ambassador"), blank=True, validators=[LONG_ENOUGH])
    due = models.DateField(_("needed by"))
    asked = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    overall = models.TextField(_("the whole of it"), blank=True, validators=[LONG_ENOUGH])
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "ambassador"), condition=Q(state="asked"), name="asked_once_for_a_version"
            ),
        ]

    @property
    def is_late(self) -> bool:
        return self.state == ReviewState.ASKED and self.due < clock.today()


@tracked()
class PitchComment(models.Model):
    """What an ambassador says of one part."""

    review = models.ForeignKey(PitchReview, on_delete=models.CASCADE, related_name="comments")
    part = models.CharField(max_length=10, choices=Part.choices)
    text = models.TextField(validators=[LONG_ENOUGH])

    class Meta:
        ordering = ("review", "pk")
        constraints = [
            models.UniqueConstraint(fields=("review", "part"), name="one_comment_a_part"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]
