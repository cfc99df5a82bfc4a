"""What accounts, sign-in and roles hold of people, and how an account ends."""

from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import (
    YEAR,
    Fate,
    Ground,
    Holding,
    Retention,
    declare,
    hindrances,
    holds_nothing,
    when_person_is_erased,
)

from .actions import end_account
from .models import Invitation, NationalRole, Role, User
from .rules import needed_as_administrator

ACCOUNT_HOLDERS = _("Everybody with an account")
STAFF = _("Employees, council members and readers of a municipality")
WITH_THE_ACCOUNT = _("As long as you have an account")
TO_SIGN_IN = _("So that you, and nobody else, can sign in")
RECORDS = _("It must be possible to see who acted for the municipality when.")

declare(
    Holding(
        User,
        what=_("Your account: name, e-mail address, job title, phone and language"),
        why=_("So that you can sign in, and those you work with know who you are"),
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
        whose=ACCOUNT_HOLDERS,
        about=("pk",),
        fields={
            "email": Fate.BLANK,
            "name": Fate.BLANK,
            "title": Fate.BLANK,
            "phone": Fate.BLANK,
            "persona": Fate.BLANK,
            "persona_en": Fate.BLANK,
        },
        secret=("password",),
        stays=_("A number without a name stays, so that what you took part in still hangs together."),
        seen_by=_("Those you work with; your name and title everybody, where you are the contact"),
    ),
    Holding(
        EmailAddress,
        what=_("Your e-mail addresses"),
        why=TO_SIGN_IN,
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
        whose=ACCOUNT_HOLDERS,
        about=("user",),
        addresses=("email",),
        fields={"email": Fate.BLANK},
        erase=True,
    ),
    Holding(
        EmailConfirmation,
        what=_("Letters with a link that confirms an e-mail address"),
        why=TO_SIGN_IN,
        ground=Ground.SECURITY,
        kept=_("30 days"),
        whose=ACCOUNT_HOLDERS,
        about=("email_address__user",),
        secret=("key",),
        erase=True,
        retention=Retention(timedelta(days=30), "created", delete=True),
    ),
    Holding(
        Authenticator,
        what=_("Your passkeys, your second step and your recovery codes"),
        why=TO_SIGN_IN,
        ground=Ground.SECURITY,
        kept=_("Until you remove them"),
        whose=ACCOUNT_HOLDERS,
        about=("user",),
        secret=("data",),
        erase=True,
    ),
    Holding(
        SocialAccount,
        what=_("Your identity in your municipality's own sign-in"),
        why=TO_SIGN_IN,
        ground=Ground.PUBLIC_TASK,
        kept=WITH_THE_ACCOUNT,
        whose=STAFF,
        about=("user",),
        fields={"uid": Fate.BLANK, "extra_data": Fate.BLANK},
        plain=("provider",),
        erase=True,
    ),
    Holding(
        SocialToken,
        what=_("Keys from your municipality's own sign-in"),
        why=TO_SIGN_IN,
        ground=Ground.SECURITY,
        kept=WITH_THE_ACCOUNT,
        whose=STAFF,
        about=("account__user",),
        secret=("token", "token_secret"),
        erase=True,
    ),
    Holding(
        UserSession,
        what=_("Where you are signed in: address on the internet, browser and time"),
        why=_("So that you can see it, and sign out elsewhere"),
        ground=Ground.SECURITY,
        kept=_("30 days after you were last there"),
        whose=ACCOUNT_HOLDERS,
        about=("user",),
        fields={"ip": Fate.BLANK, "user_agent": Fate.BLANK},
        plain=("data",),
        secret=("session_key",),
        erase=True,
        retention=Retention(timedelta(days=30), "last_seen_at", delete=True),
    ),
    Holding(
        Session,
        what=_("That this browser is signed in"),
        why=TO_SIGN_IN,
        ground=Ground.SECURITY,
        kept=_("14 days"),
        whose=ACCOUNT_HOLDERS,
        secret=("session_key", "session_data"),
        retention=Retention(timedelta(0), "expire_date", delete=True),
    ),
    Holding(
        Role,
        what=_("Your roles in municipalities, from when until when"),
        why=_("They decide what you may see and do"),
        ground=Ground.LEGAL_DUTY,
        kept=_("Five years after the role has ended"),
        whose=STAFF,
        about=("user",),
        plain=("source",),
        stays=RECORDS,
        seen_by=_("The municipality's administrators"),
        retention=Retention(5 * YEAR, "ends", municipality="municipality"),
    ),
    Holding(
        NationalRole,
        what=_("Your roles for all municipalities together"),
        why=_("They decide what you may see and do"),
        ground=Ground.LEGAL_DUTY,
        kept=_("Five years after the role has ended"),
        whose=STAFF,
        about=("user",),
        stays=RECORDS,
        retention=Retention(5 * YEAR, "ends"),
    ),
    Holding(
        Invitation,
        what=_("Invitations to a role that were sent to you, or that you have sent"),
        why=_("So that the right person gets the role"),
        ground=Ground.PUBLIC_TASK,
        kept=_("One year after the invitation's last day"),
        whose=_("Those who are invited, and those who invite"),
        about=("accepted_by",),
        by=("invited_by",),
        addresses=("email",),
        fields={"email": Fate.BLANK},
        secret=("token",),
        stays=RECORDS,
        seen_by=_("The municipality's administrators"),
        retention=Retention(YEAR, "expires", delete=True),
    ),
)
# only the identity provider's own settings; groups and permissions are not in use
holds_nothing(SocialApp, "provider", "provider_id", "name", "client_id", "secret", "key", "settings")
holds_nothing(Group, "name")
holds_nothing(Permission, "name", "codename")
holds_nothing(ContentType, "app_label", "model")
when_person_is_erased.append(end_account)
hindrances.append(needed_as_administrator)
