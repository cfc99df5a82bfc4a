"""What people are told about their roles."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register

GROUP = _("Roles and invitations")

register(NoticeKind("people.role-given", _("You are given a role"), GROUP))
register(NoticeKind("people.role-ended", _("One of your roles ends"), GROUP))
register(NoticeKind("people.invitation-accepted", _("Somebody accepts your invitation"), GROUP))
