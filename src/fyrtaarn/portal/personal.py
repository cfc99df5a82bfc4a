"""What challenges and solutions hold of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare

from .models import Challenge, Reference, Solution

NAMED = _("Those who write, those who are the contact, and those who are named in a text")
AS_LONG = _("As long as it is told of; drafts that are deleted 30 days")

declare(
    Holding(
        Challenge,
        what=_("Challenges that you have written, or of which you are the contact"),
        why=_("So that solutions are found, and people know whom to ask"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=NAMED,
        about=("contact",),
        by=("created_by",),
        fields={
            "contact": Fate.BLANK,
            **dict.fromkeys(("title", "situation", "whom", "change", "where", "when", "learned"), Fate.KEEP),
        },
        secret=("saved_from",),
        stays=_("It is the department's. Ask it to change a text that names you."),
        seen_by=_("Everybody, or the municipality's employees"),
    ),
    Holding(
        Solution,
        what=_("Solutions that you have written"),
        why=_("So that those who seek can find them"),
        ground=Ground.PUBLIC_TASK,
        kept=AS_LONG,
        whose=NAMED,
        by=("created_by",),
        fields=dict.fromkeys(("title", "what", "for_whom", "evidence", "capacity", "price_note"), Fate.KEEP),
        secret=("saved_from",),
        stays=_("It is the organisation's. Its team changes it at any time."),
        seen_by=_("Everybody"),
    ),
    Holding(
        Reference,
        what=_("Where a solution has been used before"),
        why=_("So that those who seek can ask there"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the solution"),
        whose=NAMED,
        fields={"title": Fate.KEEP, "note": Fate.KEEP},
        stays=_("It is the organisation's. Its team changes it at any time."),
        seen_by=_("Everybody"),
    ),
)
