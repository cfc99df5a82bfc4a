"""What the assessment of applications holds of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare

from .models import Assignment, ClosedDiscussion, Opinion, Remark, Score

ASSESSORS = _("Those who assess, decide on and look after applications")
RECORDS = _("The municipality's records need to show how an application was assessed.")
AS_LONG = _("As long as the municipality's records")
SEEN_BY = _("The other assessors when they are done themselves, and those who look after and decide on the application")

declare(
    Holding(
        Assignment,
        what=_("Which applications you have been asked to assess, and what stood in your way"),
        why=_("So that each is assessed by people who have no interest in it"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=ASSESSORS,
        about=("assessor",),
        by=("assigned_by",),
        fields={"conflict": Fate.KEEP, "reason": Fate.KEEP},
        stays=RECORDS,
        seen_by=_("Those who look after and decide on the application"),
    ),
    Holding(
        Score,
        what=_("Points that you have given, and why"),
        why=_("So that applications are compared fairly"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=ASSESSORS,
        by=("assignment__assessor",),
        fields={"comment": Fate.KEEP},
        stays=RECORDS,
        seen_by=SEEN_BY,
    ),
    Holding(
        Opinion,
        what=_("What you have said of an application as a whole"),
        why=_("So that applications are compared fairly"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=ASSESSORS,
        by=("assignment__assessor",),
        fields={"text": Fate.KEEP},
        stays=RECORDS,
        seen_by=SEEN_BY,
    ),
    Holding(
        Remark,
        what=_("What you have said in the discussion of an application"),
        why=_("So that assessors learn from each other"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=ASSESSORS,
        by=("by",),
        fields={"text": Fate.KEEP},
        stays=RECORDS,
        seen_by=SEEN_BY,
    ),
    Holding(
        ClosedDiscussion,
        what=_("Discussions of applications that you have closed"),
        why=_("So that it shows when an assessment was over"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=ASSESSORS,
        by=("by",),
        stays=RECORDS,
        seen_by=SEEN_BY,
    ),
)
