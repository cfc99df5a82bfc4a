"""What the examples for the preview hold of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare, holds_nothing

from .models import ExpectedAnswer, RankingExample

declare(
    Holding(
        RankingExample,
        what=_("Examples of questions that you have saved for the preview of the shared words"),
        why=_("So that a change of words can be tried before it is published"),
        ground=Ground.PUBLIC_TASK,
        kept=_("Until an editor removes them"),
        whose=_("Editors of the shared words"),
        by=("by",),
        fields={"question": Fate.KEEP},
        plain=("kind",),
        stays=_("It says why the shared words are as they are."),
        seen_by=_("Editors of the shared words"),
    )
)
holds_nothing(ExpectedAnswer)
