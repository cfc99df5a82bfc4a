"""What was backed up and tried when: nothing of people."""

from fyrtaarn.foundation.personal_data import holds_nothing

from .models import Backup, Rehearsal

holds_nothing(Backup, "name")
holds_nothing(Rehearsal, "backup", "fault")
