"""The parts of a pitch: what each asks, how long it should be, and an example of our own."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS_A_MINUTE = 200
"""Slow silent reading; the mean of grown-ups is 238 (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""


class Part(models.TextChoices):
    """The parts in the order of the page."""

    PROBLEM = "problem", _("The problem")
    FOR_WHOM = "for_whom", _("For whom")
    SOLUTION = "solution", _("The solution")
    EFFECT = "effect", _("What shows that it works")
    ASK = "ask", _("What we ask for")


@dataclass(frozen=True)
class Guide:
    """What helps to write one part: at most so many words, and an example."""

    part: Part
    step: str
    question: str | Promise
    most_words: int
    example: str | Promise

    @property
    def seconds(self) -> int:
        """The time that so many words take to read."""
        return reading_seconds(self.most_words)


GUIDES = {
    guide.part: guide
    for guide in (
        Guide(
            Part.PROBLEM,
            "problem",
            _("What is wrong today? One situation that the reader can see before her, and how many it concerns."),
            60,
            _(
                "Every Sunday 40 older people in Vonsild eat alone. The home help says that they eat half of what they"
                " need, and nobody has asked them to anything for a year."
            ),
        ),
        Guide(
            Part.FOR_WHOM,
            "problem",
            _("Who gets a better life? Who else gains: relatives, employees, the street?"),
            40,
            _("People over 75 who live alone and get help at home. Their relatives and the home help gain, too."),
        ),
        Guide(
            Part.SOLUTION,
            "solution",
            _("What do you do, and who does it? Write what happens on an ordinary day, not what you believe in."),
            80,
            _(
                "We fetch them in a rickshaw and eat together in the parish hall. Young people who are looking for a"
                " first job cook and drive. One of us is trained in care and is always there."
            ),
        ),
        Guide(
            Part.EFFECT,
            "solution",
            _("What have you seen or measured? A number and who counted it. If it is new: how will you see it?"),
            60,
            _(
                "In the spring 22 of 25 came again each week. Eight have begun to meet on their own, by our list of"
                " who came. Three of the young people have got a job."
            ),
        ),
        Guide(
            Part.ASK,
            "ask",
            _("What should the department do, by when? One thing that can be said yes or no to."),
            40,
            _(
                "Lend us the kitchen in the activity centre on Sundays from March to May, and tell those who get help at"
                " home about it. We pay for the food."
            ),
        ),
    )
}
STEPS: dict[str, tuple[Part, ...]] = {
    step: tuple(guide.part for guide in GUIDES.values() if guide.step == step)
    for step in ("problem", "solution", "ask")
}


def words_in(text: str) -> int:
    """How many words the text has: what stands between spaces."""
    return len(text.split())


def reading_seconds(words: int) -> int:
    """How many seconds so many words take to read, rounded to five and never none."""
    return max(5, round(words * 60 / WORDS_A_MINUTE / 5) * 5)
