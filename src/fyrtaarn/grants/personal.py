"""What decisions, grants and state aid hold of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare, holds_nothing

from .models import (
    AidAward,
    AidCeiling,
    Complaint,
    Consequence,
    Decision,
    DecisionYes,
    Demand,
    EuroRate,
    GoalResult,
    Grant,
    GrantChange,
    Hearing,
    Instalment,
    LongTerm,
    PaymentFile,
    PaymentImport,
    PaymentRow,
    Report,
    Spent,
)

STAFF = _("Those who look after the pools, decide and audit")
BOTH = _("Those who apply for an organisation, and those who look after the pools and decide")
RECORDS = _("The municipality's records need to show what was decided, by whom and why.")
AS_LONG = _("As long as the municipality's records")
THE_TWO = _("The applicant's team, and those who look after the pool, decide and audit")
STAFF_ALONE = _("Those who look after the pools and audit")

holds_nothing(Grant, "title", "experience")
holds_nothing(AidAward, "cvr", "ended_because")
holds_nothing(AidCeiling, "source")
holds_nothing(EuroRate, "source")
holds_nothing(LongTerm, "text", "effect", "otherwise")
holds_nothing(PaymentRow, "key", "cvr", "reference", "fault")
holds_nothing(Spent)
holds_nothing(GoalResult, "text")
declare(
    Holding(
        Decision,
        what=_("Decisions on applications that you have drafted"),
        why=_("So that the applicant knows what was decided and why"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=STAFF,
        by=("drafted_by",),
        plain=("reasons", "conditions"),
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        DecisionYes,
        what=_("Decisions that you have said yes to"),
        why=_("So that nobody can doubt who decided"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=STAFF,
        by=("by",),
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        Hearing,
        what=_("What you have sent to be heard about before a decision, or have answered"),
        why=_("So that a decision rests on what both sides have said"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=BOTH,
        by=("sent_by", "answered_by"),
        fields={"text": Fate.KEEP, "answer": Fate.KEEP},
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        Complaint,
        what=_("Complaints about decisions that you have made or answered"),
        why=_("So that a wrong decision can be put right"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=BOTH,
        by=("by", "answered_by"),
        fields={"text": Fate.KEEP, "answer": Fate.KEEP},
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        Instalment,
        what=_("Instalments of grants that you have approved"),
        why=_("So that money is paid when it may be"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=STAFF,
        by=("approved_by",),
        plain=("condition", "met", "reference"),
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        GrantChange,
        what=_("Changes of a grant that you have asked for or answered"),
        why=_("So that both sides know what was agreed"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=BOTH,
        by=("by", "answered_by"),
        fields={"text": Fate.KEEP, "answer": Fate.KEEP},
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        Report,
        what=_("Reports on grants that you have sent or approved"),
        why=_("So that it is known what came of the money"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=BOTH,
        by=("sent_by", "approved_by"),
        fields={"text": Fate.KEEP, "worse": Fate.KEEP, "experience": Fate.KEEP, "returned_because": Fate.KEEP},
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        Demand,
        what=_("Money that you have asked back"),
        why=_("So that money that was not used as agreed comes back"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=STAFF,
        by=("by",),
        plain=("reason", "reference", "waived_because"),
        stays=RECORDS,
        seen_by=THE_TWO,
    ),
    Holding(
        PaymentFile,
        what=_("Files of payments that you have made"),
        why=_("So that nothing is paid twice"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=STAFF,
        by=("by",),
        stays=RECORDS,
        seen_by=STAFF_ALONE,
    ),
    Holding(
        PaymentImport,
        what=_("Files of payments that you have read in"),
        why=_("So that nothing is paid twice"),
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=STAFF,
        by=("by",),
        plain=("name", "digest"),
        stays=RECORDS,
        seen_by=STAFF_ALONE,
    ),
    Holding(
        Consequence,
        what=_("What you have said that a review of terms led to, or have answered"),
        why=_("So that both sides know what happens with the terms"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=BOTH,
        by=("by", "answered_by"),
        fields={"text": Fate.KEEP, "answer": Fate.KEEP},
        stays=RECORDS,
        seen_by=_("The parties of the agreement"),
    ),
)
