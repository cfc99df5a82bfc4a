"""What the entrance holds of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare, holds_nothing

from .models import (
    OVER_STATES,
    Absence,
    AnswerFigure,
    Case,
    CaseMessage,
    CaseTask,
    CaseTopic,
    ContactProfile,
    PublicAnswer,
    Rating,
    SavedAnswer,
)

ASKERS = _("Those who ask the municipality, and those who answer")
CONTACTS = _("The municipality's contact persons")
RECORDS = _("The municipality's records need the whole case.")
FIVE_YEARS = _("Five years after the question was closed")
SEEN_BY = _("You, those who asked with you, and the departments that have part in it")
OVER = Q(state__in=OVER_STATES)
CASE_OVER = Q(case__state__in=OVER_STATES)

declare(
    Holding(
        Case,
        what=_("Questions that you have asked or answered"),
        why=_("So that you get an answer, and it can be seen afterwards who answered what and when"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=ASKERS,
        about=("asker",),
        by=("holder", "sorted_by"),
        addresses=("email",),
        fields={"title": Fate.KEEP, "name": Fate.KEEP, "email": Fate.KEEP, "suggestions": Fate.KEEP},
        stays=RECORDS,
        seen_by=SEEN_BY,
        retention=Retention(5 * YEAR, "latest", among=OVER, municipality="municipality"),
    ),
    Holding(
        CaseMessage,
        what=_("What you have written in questions"),
        why=_("So that you get an answer, and the municipality can say afterwards what was said"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=ASKERS,
        by=("author",),
        fields={"text": Fate.KEEP},
        stays=RECORDS,
        seen_by=SEEN_BY,
        retention=Retention(5 * YEAR, "case__latest", among=CASE_OVER, municipality="case__municipality"),
    ),
    Holding(
        CaseTask,
        what=_("Parts of questions that you were asked for, gave or finished"),
        why=_("So that it can be seen which department does what"),
        ground=Ground.LEGAL_DUTY,
        kept=FIVE_YEARS,
        whose=CONTACTS,
        by=("contact", "given_by", "done_by"),
        fields={"what": Fate.KEEP, "answer": Fate.KEEP},
        stays=RECORDS,
        seen_by=_("The departments that have part in the question"),
        retention=Retention(5 * YEAR, "case__latest", among=CASE_OVER, municipality="case__municipality"),
    ),
    Holding(
        Rating,
        what=_("Whether you were helped, in your own words"),
        why=_("So that the municipality gets better at answering"),
        ground=Ground.PUBLIC_TASK,
        kept=FIVE_YEARS,
        whose=ASKERS,
        about=("case__asker",),
        fields={"words": Fate.BLANK},
        stays=_("Only the yes, partly or no stays, as a part of the figures."),
        seen_by=SEEN_BY,
        retention=Retention(5 * YEAR, "given", municipality="case__municipality"),
    ),
    Holding(
        ContactProfile,
        what=_("What you can help with as a contact person"),
        why=_("So that people know whom they can ask"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as you are a contact person, and five years after"),
        whose=CONTACTS,
        about=("user",),
        fields={"help_da": Fate.BLANK, "help_en": Fate.BLANK},
        stays=_("Only that the department had a contact person stays."),
        seen_by=_("Everybody"),
        retention=Retention(5 * YEAR, "ended", among=Q(ended__isnull=False)),
    ),
    Holding(
        Absence,
        what=_("Days on which you are away, and who answers meanwhile"),
        why=_("So that nobody waits for you"),
        ground=Ground.PUBLIC_TASK,
        kept=_("One year"),
        whose=CONTACTS,
        about=("contact__user",),
        erase=True,
        seen_by=_("Your colleagues in the municipality"),
        retention=Retention(YEAR, "ends", delete=True),
    ),
    Holding(
        SavedAnswer,
        what=_("Answers that you have kept for your department"),
        why=_("So that the same question need not be answered from the beginning"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the department uses them"),
        whose=CONTACTS,
        by=("written_by",),
        fields={"title": Fate.KEEP, "text": Fate.KEEP},
        stays=_("It is the department's."),
        seen_by=_("The department's contact persons"),
    ),
    Holding(
        CaseTopic,
        what=_("Words that people use for a topic"),
        why=_("So that questions reach the right department"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the municipality uses them"),
        whose=CONTACTS,
        fields={"words": Fate.KEEP},
        plain=("name", "name_en", "sort_key"),
        stays=_("They name no persons."),
        seen_by=_("Everybody"),
    ),
    Holding(
        PublicAnswer,
        what=_("Answers for everybody that you have written for your department"),
        why=_("So that people find the answer without asking"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the department uses them"),
        whose=CONTACTS,
        by=("written_by",),
        plain=("question_da", "answer_da", "question_en", "answer_en"),
        stays=_("It is the department's."),
        seen_by=_("Everybody"),
    ),
)
holds_nothing(AnswerFigure)
