"""What pools hold of people: who looks after the money, and who does what for a pool."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Ground, Holding, declare, holds_nothing

from .models import (
    Call,
    ClosedYear,
    Confirmation,
    Contribution,
    ContributionPart,
    Contributor,
    Criterion,
    LeftoverShare,
    Pool,
    PoolDuty,
    PoolRules,
    SentPayment,
    Stage,
)

WHOSE = _("Employees")
ACCOUNTS = _("The municipality must be able to account for its money.")
AS_LONG = _("As long as the municipality's accounts")
TRACE = _("So that it can be seen who did what with public money")

holds_nothing(Contributor)
holds_nothing(ContributionPart, "state")
holds_nothing(Criterion, "name", "name_en", "guidance", "guidance_en")
holds_nothing(Stage, "name", "name_en", "asked", "asked_en")
holds_nothing(LeftoverShare, "document")
declare(
    Holding(
        Pool,
        what=_("Pools of money that you have made"),
        why=TRACE,
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=WHOSE,
        by=("created_by",),
        plain=("name", "sort_key", "slug", "name_en", "purpose", "purpose_en"),
        stays=ACCOUNTS,
        seen_by=_("Fund managers"),
    ),
    Holding(
        PoolRules,
        what=_("Rules of a pool that you have begun"),
        why=TRACE,
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=WHOSE,
        by=("created_by",),
        plain=("kinds", "guidance", "guidance_en"),
        stays=ACCOUNTS,
        seen_by=_("Fund managers"),
    ),
    Holding(
        Call,
        what=_("Calls for applications that you have begun"),
        why=TRACE,
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=WHOSE,
        by=("created_by",),
        plain=("title", "title_en", "text", "text_en"),
        stays=ACCOUNTS,
        seen_by=_("Fund managers"),
    ),
    Holding(
        Contribution,
        what=_("Contributions to a pool that you have noted"),
        why=TRACE,
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=WHOSE,
        by=("decided_by",),
        plain=("document",),
        stays=ACCOUNTS,
        seen_by=_("Fund managers"),
    ),
    Holding(
        Confirmation,
        what=_("Contributions of your department that you have confirmed"),
        why=TRACE,
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=WHOSE,
        by=("by",),
        stays=ACCOUNTS,
        seen_by=_("Fund managers, auditors and the department's own people"),
    ),
    Holding(
        SentPayment,
        what=_("Payments of your department that you have told of"),
        why=TRACE,
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=WHOSE,
        by=("by",),
        plain=("reference",),
        stays=ACCOUNTS,
        seen_by=_("Fund managers, auditors and the department's own people"),
    ),
    Holding(
        ClosedYear,
        what=_("Years of a pool that you have closed"),
        why=TRACE,
        ground=Ground.LEGAL_DUTY,
        kept=AS_LONG,
        whose=WHOSE,
        by=("closed_by",),
        stays=ACCOUNTS,
        seen_by=_("Fund managers"),
    ),
    Holding(
        PoolDuty,
        what=_("For which pools you assess applications or decide, and when"),
        why=_("So that the right people assess and decide"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=WHOSE,
        about=("user",),
        stays=ACCOUNTS,
        seen_by=_("Those who work for the municipality"),
    ),
)
