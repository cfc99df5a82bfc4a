"""What imports hold of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import YEAR, Fate, Ground, Holding, Retention, declare, holds_nothing

from .models import ImportRow, ImportRun, KnownHeading

declare(
    Holding(
        ImportRun,
        what=_("Workbooks that you have imported"),
        why=_("So that an import can be checked and undone"),
        ground=Ground.PUBLIC_TASK,
        kept=_("Five years"),
        whose=_("Those who import"),
        by=("by",),
        fields={"file_name": Fate.KEEP},
        plain=("kind", "columns", "notes", "mapping"),
        stays=_("It says where challenges, solutions and organisations came from."),
        seen_by=_("The municipality's administrators"),
        retention=Retention(5 * YEAR, "created"),
    ),
    Holding(
        ImportRow,
        what=_("The rows of a workbook, with the contacts named in them"),
        why=_("So that an import can be checked and undone"),
        ground=Ground.PUBLIC_TASK,
        kept=_("One year"),
        whose=_("Those who are named in a workbook"),
        fields=dict.fromkeys(("cells", "damages", "faults", "warnings"), Fate.REPLACE),
        seen_by=_("The municipality's administrators"),
        retention=Retention(YEAR, "run__created"),
    ),
)
holds_nothing(KnownHeading, "kind", "heading", "field")
