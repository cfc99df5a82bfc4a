"""What organisations and their teams hold of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import (
    YEAR,
    Fate,
    Ground,
    Holding,
    Retention,
    declare,
    hindrances,
    when_person_is_erased,
)

from .actions import leave_everything
from .ambassadors.actions import end_all
from .models import Ambassador, Claim, ClaimState, Membership, Organisation, TeamInvitation, Verification
from .rules import needed_in_teams

TEAMS = _("People in organisations")
RECORDS = _("It must be possible to see who acted for the organisation when.")

declare(
    Holding(
        Organisation,
        what=_("An organisation's own address, phone and text"),
        why=_("So that it can be found and reached"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as the organisation is here; its team can change it at any time"),
        whose=_("Those who run an enterprise in their own name"),
        fields={
            **dict.fromkeys(("name", "email", "phone", "address", "website", "what", "for_whom"), Fate.KEEP),
            "register_data": Fate.KEEP,
            "source_note": Fate.KEEP,
        },
        plain=("sort_key", "slug", "cvr", "capacity", "postcode", "town"),
        stays=_("It is the organisation's. Its team changes it on the organisation's page."),
        seen_by=_("Everybody"),
    ),
    Holding(
        Membership,
        what=_("Which organisations you belong to, and since when"),
        why=_("So that you can act for them"),
        ground=Ground.PUBLIC_TASK,
        kept=_("Five years after you have left"),
        whose=TEAMS,
        about=("user",),
        stays=RECORDS,
        seen_by=_("The organisation's team"),
        retention=Retention(5 * YEAR, "ends"),
    ),
    Holding(
        TeamInvitation,
        what=_("Invitations to a team that were sent to you, or that you have sent"),
        why=_("So that the right person joins"),
        ground=Ground.PUBLIC_TASK,
        kept=_("One year after the invitation's last day"),
        whose=TEAMS,
        about=("accepted_by",),
        by=("invited_by",),
        addresses=("email",),
        fields={"email": Fate.BLANK},
        secret=("token",),
        stays=RECORDS,
        seen_by=_("The organisation's team"),
        retention=Retention(YEAR, "expires", delete=True),
    ),
    Holding(
        Claim,
        what=_("What you wrote when you said that an organisation is yours"),
        why=_("So that the municipality can decide whether it is"),
        ground=Ground.LEGAL_DUTY,
        kept=_("Five years after you wrote it"),
        whose=TEAMS,
        about=("user",),
        fields={"ground": Fate.KEEP},
        stays=_("It is a case in the municipality's records, which the law forbids us to thin out."),
        seen_by=_("The municipality's administrators and community managers"),
        retention=Retention(5 * YEAR, "created", among=~Q(state=ClaimState.WAITING), municipality="organisation__home"),
    ),
    Holding(
        Verification,
        what=_("Verifications of an organisation that you have made"),
        why=_("So that it can be seen who looked at the criteria when"),
        ground=Ground.LEGAL_DUTY,
        kept=_("Five years after the verification has run out"),
        whose=_("Employees of a municipality"),
        by=("verified_by",),
        fields={"note": Fate.KEEP},
        plain=("criteria",),
        stays=_("It is a case in the municipality's records, which the law forbids us to thin out."),
        seen_by=_("Everybody; the note employees alone"),
        retention=Retention(5 * YEAR, "valid_to", municipality="municipality"),
    ),
    Holding(
        Ambassador,
        what=_("That you are or were asked to be an ambassador for social economy, and what you can help with"),
        why=_("So that colleagues and entrepreneurs know whom they can ask"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as you are an ambassador, and five years after"),
        whose=_("Employees of a municipality"),
        about=("user",),
        by=("appointed_by",),
        fields={"help_da": Fate.BLANK, "help_en": Fate.BLANK},
        stays=_("Only that the department had an ambassador stays."),
        seen_by=_("Your colleagues in the municipality; everybody, if you have said yes to that"),
        retention=Retention(5 * YEAR, "ended", among=Q(ended__isnull=False)),
    ),
)
when_person_is_erased.append(leave_everything)
when_person_is_erased.append(end_all)
hindrances.append(needed_in_teams)
