"""What applications hold of people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare

from .models import (
    ApplicantQuestion,
    Application,
    BudgetLine,
    DeclaredAid,
    EffectGoal,
    LinkedEnterprise,
    SentVersion,
)

READ_BY: dict[str, Any] = {
    "whose": _("People in organisations, and those who handle applications"),
    "seen_by": _("The organisation's team and, once it is sent, those who handle applications to the pool"),
}
RECORDS: dict[str, Any] = {
    "ground": Ground.PUBLIC_TASK,
    "kept": _("As long as the municipality's records"),
    "stays": _("It is part of what the municipality decides on."),
    **READ_BY,
}
WHY = _("So that money can be applied for, and the municipality can decide")
TEXTS = ("title", "what", "for_whom", "why", "future_economy", "shown")

declare(
    Holding(
        Application,
        what=_("Applications for money that you have begun, sent or are the contact for"),
        why=WHY,
        about=("contact",),
        by=("created_by", "sent_by", "updated_by"),
        fields=dict.fromkeys(TEXTS, Fate.KEEP),
        plain=("saved_from",),
        **RECORDS,
    ),
    Holding(
        BudgetLine,
        what=_("Lines of the budget of an application"),
        why=WHY,
        fields={"text": Fate.KEEP},
        **RECORDS,
    ),
    Holding(
        EffectGoal,
        what=_("Effect goals of an application"),
        why=WHY,
        fields=dict.fromkeys(("text", "measure", "target"), Fate.KEEP),
        **RECORDS,
    ),
    Holding(
        DeclaredAid,
        what=_("State aid that an enterprise has told of"),
        why=_("So that it is not given more than the law allows"),
        fields=dict.fromkeys(("cvr", "giver"), Fate.KEEP),
        **{**RECORDS, "ground": Ground.LEGAL_DUTY},
    ),
    Holding(
        LinkedEnterprise,
        what=_("Enterprises that are linked with an applicant"),
        why=_("So that it is not given more than the law allows"),
        fields=dict.fromkeys(("cvr", "name"), Fate.KEEP),
        **{**RECORDS, "ground": Ground.LEGAL_DUTY},
    ),
    Holding(
        SentVersion,
        what=_("Applications as you have sent them"),
        why=_("So that it can be seen what was applied for, and what was mended later"),
        by=("by",),
        fields={"content": Fate.KEEP},
        **RECORDS,
    ),
    Holding(
        ApplicantQuestion,
        what=_("Questions about an application, and the answers"),
        why=WHY,
        by=("by", "answered_by"),
        fields=dict.fromkeys(("text", "answer"), Fate.KEEP),
        **RECORDS,
    ),
)
