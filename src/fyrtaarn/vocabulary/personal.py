"""What the shared words hold of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare, holds_nothing

from .models import AskedQuestion, Proposal, VocabularyConcept, VocabularyDraft, VocabularyVersion

PART_OF_THE_WORDS = _("It says why the shared words are as they are.")
EDITORS = _("Employees who propose or edit the shared words")

declare(
    Holding(
        VocabularyVersion,
        what=_("Versions of the shared words that you have published, with your note"),
        why=_("So that it can be seen who changed the words and why"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the version"),
        whose=EDITORS,
        by=("by",),
        fields={"note": Fate.KEEP},
        plain=("content",),
        stays=PART_OF_THE_WORDS,
        seen_by=_("Editors of the shared words"),
    ),
    Holding(
        Proposal,
        what=_("What you have proposed for the shared words, or answered"),
        why=_("So that proposals are answered, with a reason"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the concept"),
        whose=EDITORS,
        by=("by", "answered_by"),
        fields={"why": Fate.KEEP, "answer": Fate.KEEP},
        plain=("base", "wanted"),
        stays=PART_OF_THE_WORDS,
        seen_by=_("Editors of the shared words, and the municipality's administrators"),
    ),
    Holding(
        AskedQuestion,
        what=_("What is searched for, counted by day without who asked"),
        why=_("So that search learns words that it does not know"),
        ground=Ground.PUBLIC_TASK,
        kept=_("30 days; one year where it was asked on at least three days"),
        whose=_("Nobody: questions with names, addresses or many digits are not kept"),
        fields={"text": Fate.REPLACE},
        seen_by=_("The municipality's administrators"),
    ),
)
holds_nothing(VocabularyDraft, "shipped")
holds_nothing(
    VocabularyConcept,
    *("key", "label_da", "label_en", "broader", "danish", "english", "note", "published_as", "conflict", "sort_key"),
)
