"""What the foundation, the history and the job queue hold of people."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context, Events
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from .models import ClockWatch, Notice, NoticeChoice, OutgoingMail, Seal, SharedValue, Step, StoredFile
from .personal_data import YEAR, Fate, Ground, Holding, Retention, declare, holds_nothing

ACCOUNT_HOLDERS = _("Everybody with an account")
MATTERS_STAY = _("It belongs to the municipality's records, which the law forbids us to thin out.")

declare(
    Holding(
        Step,
        what=_("The steps that you took in a matter: when, from where to where, and your reason"),
        why=_("So that it can be seen afterwards who decided what"),
        ground=Ground.LEGAL_DUTY,
        kept=_("As long as the matter"),
        whose=ACCOUNT_HOLDERS,
        by=("by",),
        fields={"reason": Fate.KEEP},
        plain=("subject_type", "name", "source", "target"),
        stays=MATTERS_STAY,
        seen_by=_("Those who see the matter"),
    ),
    Holding(
        Notice,
        what=_("What we have told you"),
        why=_("So that you hear of what concerns you"),
        ground=Ground.ASKED_FOR,
        kept=_("One year"),
        whose=ACCOUNT_HOLDERS,
        about=("recipient",),
        fields={"params": Fate.REPLACE},
        plain=("kind", "path", "once"),
        erase=True,
        retention=Retention(YEAR, "created", delete=True),
    ),
    Holding(
        NoticeChoice,
        what=_("Which mails you want, and how often"),
        why=_("So that you get the mails that you want and no others"),
        ground=Ground.ASKED_FOR,
        kept=_("As long as you have an account"),
        whose=ACCOUNT_HOLDERS,
        about=("user",),
        plain=("kind",),
        erase=True,
    ),
    Holding(
        OutgoingMail,
        what=_("Mails that we have sent to you"),
        why=_("So that no mail is sent twice, and none is lost"),
        ground=Ground.PUBLIC_TASK,
        kept=_("90 days; after that only that a mail was sent"),
        whose=_("Everybody to whom we write"),
        addresses=("recipient",),
        fields={
            "recipient": Fate.BLANK,
            "subject": Fate.REPLACE,
            "text": Fate.REPLACE,
            "last_error": Fate.REPLACE,
        },
        plain=("key", "thread"),
        retention=Retention(timedelta(days=90), "created", among=Q(sent__isnull=False)),
    ),
    Holding(
        StoredFile,
        what=_("Files that you have uploaded"),
        why=_("They are part of what they were uploaded to"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as what they belong to"),
        whose=ACCOUNT_HOLDERS,
        by=("uploaded_by", "removed_by"),
        fields={"content": Fate.KEEP, "name": Fate.KEEP, "alternative_text": Fate.KEEP},
        plain=("media_type", "sha256", "subject_type"),
        stays=MATTERS_STAY,
        seen_by=_("Those who see what they belong to"),
    ),
    Holding(
        Context,
        what=_("The number of your account beside each change that you made, and on which page you made it"),
        why=_("So that mistakes and misuse can be found"),
        ground=Ground.SECURITY,
        kept=_("As long as what was changed"),
        whose=ACCOUNT_HOLDERS,
        fields={"metadata": Fate.KEEP},
        stays=_("It holds a number only, which leads to nobody once your account has been erased."),
    ),
)
holds_nothing(  # a view on the history of all models, each of which is declared where it belongs
    Events, "pgh_slug", "pgh_model", "pgh_label", "pgh_data", "pgh_diff", "pgh_context", "pgh_obj_model", "pgh_obj_id"
)
holds_nothing(SharedValue, "key", "value")
holds_nothing(ClockWatch)
holds_nothing(Seal, "digests", "reason", "previous", "hash")
# jobs get the numbers of rows and nothing else
holds_nothing(ProcrastinateJob, "queue_name", "task_name", "lock", "args", "queueing_lock")
holds_nothing(ProcrastinateWorker)
holds_nothing(ProcrastinateEvent)
holds_nothing(ProcrastinatePeriodicDefer, "task_name", "periodic_id")
