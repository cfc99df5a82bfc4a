"""What everybody can read before she asks: answers to what people ask most, and how fast the municipality answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.versions import Versioned

from .desks import CaseTopic

FEWEST = 5
"""Figures of fewer questions are held back: they would tell of single askers."""


@tracked(exclude=("asked", "helped"))
class PublicAnswer(Versioned):
    """A question that many ask, with the department's answer. Everybody reads it while it is published."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="public_answers")
    topic = models.ForeignKey(
        CaseTopic, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    question_da = models.CharField(_("question in Danish"), max_length=200)
    answer_da = models.TextField(_("answer in Danish"), max_length=5000)
    question_en = models.CharField(_("question in English"), max_length=200, blank=True)
    answer_en = models.TextField(_("answer in English"), max_length=5000, blank=True)
    published = models.DateTimeField(null=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    asked = models.PositiveIntegerField(default=0, editable=False)  # cases that asked it
    helped = models.PositiveIntegerField(default=0, editable=False)  # readers who said that it helped them

    class Meta:
        ordering = ("-asked", "-helped", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(question_en="", answer_en="") | (~Q(question_en="") & ~Q(answer_en="")),
                name="english_question_and_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_english(self) -> bool:
        """Whether the reader gets it in English."""
        return get_language() == "en" and bool(self.question_en)

    @property
    def question(self) -> str:
        return self.question_en if self.is_english else self.question_da

    @property
    def answer(self) -> str:
        return self.answer_en if self.is_english else self.answer_da

    @property
    def slug(self) -> str:
        """The question in the address of its page."""
        return danish_slug(self.question_da)


class AnswerFigure(models.Model):
    """How fast one department, or questions of one topic, were answered; of the whole municipality where both are empty.

    In one month, or where that is empty in the latest twelve months. There is a row only where at least FEWEST
    questions can be counted.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, null=True, related_name="+")
    topic = models.ForeignKey(CaseTopic, on_delete=models.CASCADE, null=True, related_name="+")
    month = models.DateField(null=True)  # its first day
    asked = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()  # answered, or late without an answer
    in_time = models.PositiveIntegerField()
    late = models.PositiveIntegerField()  # without an answer after their last day
    median = models.PositiveSmallIntegerField()  # working days
    ninety = models.PositiveSmallIntegerField()  # working days within which nine of ten were answered
    made = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "department", "topic", "month"),
                nulls_distinct=False,
                name="one_figure_of_each",
            ),
            models.CheckConstraint(condition=Q(department=None) | Q(topic=None), name="figure_of_one_thing"),
            models.CheckConstraint(
                condition=Q(counted__gte=FEWEST, asked__gte=F("counted"))
                & Q(counted__gte=F("in_time") + F("late"), ninety__gte=F("median")),
                name="figure_of_enough",
            ),
        ]
