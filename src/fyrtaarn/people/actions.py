"""Roles and invitations: every change is one transaction, logged, and told to those whom it concerns."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import structlog
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.areas.rules import may_administer
from fyrtaarn.foundation import clock, notices
from fyrtaarn.foundation.mail import write_mail
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step

from .models import (
    DEPARTMENT_KINDS,
    INVITATION_DAYS,
    Invitation,
    NationalRole,
    NationalRoleKind,
    Role,
    RoleKind,
    User,
)
from .providers import Provider, providers
from .rules import ADMINISTRATOR, is_administrator, may_accept, may_change_role, may_end_role, may_handle_invitation

MUNICIPALITY_WIDE = (
    ADMINISTRATOR,
    RoleKind.COUNCIL_SECRETARY,
    RoleKind.COUNCIL_MEMBER,
    RoleKind.DATA_OFFICER,
    RoleKind.AUDITOR,
)
CONFIRMED_DAYS = 30
"""How long a role from a provider holds after the last sign-in by that provider."""

log = structlog.get_logger(__name__)
RESEND_PAUSE = timedelta(minutes=1)
ALREADY_HELD = _("This person already has this role.")


def add_person(
    email: str,
    kind: str,
    municipality: Municipality,
    *,
    department: Department | None = None,
    starts: date | None = None,
    language: str = "da",
    by: User,
) -> Role | Invitation:
    """Give the role to the one who signs in with the address, or invite her by mail if nobody does. Raises Refused."""
    known = User.objects.filter(email=email.lower(), is_active=True, emailaddress__verified=True).distinct().first()
    if known is not None:
        return give_role(known, kind, municipality, department=department, starts=starts, by=by)
    return invite(email, kind, municipality, department=department, language=language, by=by)


def give_role(
    user: User,
    kind: str,
    municipality: Municipality,
    *,
    department: Department | None = None,
    starts: date | None = None,
    by: User,
) -> Role:
    """Give a role from a day on (today if none is named) and tell the one who gets it. Raises Refused."""
    with transaction.atomic():
        _lock(municipality)
        require(may_administer(by, municipality))
        department = _place(kind, municipality, department)
        if _held(user, kind, municipality, department):
            raise Refused(ALREADY_HELD)
        role = Role.objects.create(
            user=user, kind=kind, municipality=municipality, department=department, starts=starts or clock.today()
        )
        log_step(role, "give", "", kind, by=by)
        _tell_given(role, by)
    return role


def change_role(role: Role, kind: str, department: Department | None, *, by: User) -> Role:
    """Another kind or department from today on. A role that has begun is ended, so that its past stays true.

    Raises Refused.
    """
    with transaction.atomic():
        _lock(role.municipality)
        role = _locked_role(role)
        require(may_change_role(by, role))
        department = _place(kind, role.municipality, department)
        if (kind, department) == (role.kind, role.department):
            return role
        begins = max(clock.today(), role.starts)
        if role.kind == ADMINISTRATOR != kind:
            require(may_end_role(by, role, begins))
        if _held(role.user, kind, role.municipality, department):
            raise Refused(ALREADY_HELD)
        changed = Role(user=role.user, kind=kind, municipality=role.municipality, department=department)
        changed.starts, changed.ends = begins, role.ends
        role.ends = begins
        role.save()
        changed.save()
        log_step(role, "change", role.kind, kind, by=by)
        log_step(changed, "give", "", kind, by=by)
        _tell_given(changed, by)
    return changed


def end_role(role: Role, on: date, *, by: User) -> Role:
    """Let a role end on a day, which it no longer holds, and tell the one who had it. Raises Refused."""
    with transaction.atomic():
        _lock(role.municipality)
        role = _locked_role(role)
        require(may_end_role(by, role, on))
        role.ends = on
        role.save()
        log_step(role, "end", role.kind, "", by=by)
        _tell_ended(role, by)
    return role


def end_roles_with_department(department: Department, on: date, by: User) -> None:
    """The department's roles end with it; where another department takes over, they go on there."""
    roles = Role.objects.select_for_update(of=("self",), no_key=True).filter(department=department).order_by("pk")
    for role in roles.select_related("user", "municipality", "department"):
        planned = role.ends
        if planned is not None and planned <= on:
            continue
        role.ends = max(on, role.starts)
        role.save()
        log_step(role, "end", role.kind, "", by=by)
        successor = department.successor
        if successor is None:
            _tell_ended(role, by)
        elif not _held(role.user, role.kind, role.municipality, successor):
            heir = Role.objects.create(
                user=role.user,
                kind=role.kind,
                municipality=role.municipality,
                department=successor,
                starts=role.ends,
                ends=planned,
                source=role.source,
            )
            log_step(heir, "give", "", heir.kind, by=by)
            _tell_given(heir, by)


@transaction.atomic
def follow_provider(user: User, provider: Provider, claims: Mapping[str, Any]) -> None:
    """Give the roles that the provider's claims call for and end those that they no longer do, and tell her.

    Only roles in the provider's own municipality begin, and only roles that this provider has given end: what a person
    has given stays. The last administrator goes too, for whoever has left must be out.
    """
    municipality = Municipality.objects.filter(slug=provider.municipality).first()
    if municipality is not None:
        _lock(municipality)
    wanted = _wanted(provider, municipality, claims) if municipality else set()
    for role in _roles_from(provider).filter(user=user):
        place = (role.kind, role.department) if role.municipality == municipality else None
        if place not in wanted:
            _end_by_provider(role, provider)
    for kind, department in sorted(wanted, key=lambda place: (place[0], place[1].pk if place[1] else 0)):
        if municipality and not _held(user, kind, municipality, department):
            role = Role.objects.create(
                user=user, kind=kind, municipality=municipality, department=department, source=provider.id
            )
            log_step(role, "give", "", kind, by=None, reason=provider.name)
            _tell_given(role, provider)


def end_unconfirmed_roles() -> int:
    """End the roles whose provider has not confirmed them by a sign-in for long, or is no longer in the settings.

    Returns how many. Whoever has left a municipality cannot sign in there any more, so nothing else would end them.
    """
    sources = Role.objects.current().exclude(source="").order_by().values_list("source", flat=True).distinct()
    return sum(_end_unconfirmed_roles(source) for source in sources)


@transaction.atomic
def _end_unconfirmed_roles(source: str) -> int:
    provider = providers().get(source) or Provider(source, source, "", ())
    since = clock.now() - timedelta(days=CONFIRMED_DAYS)
    confirmed = SocialAccount.objects.filter(provider=source, last_login__gt=since).values("user")
    known = confirmed if source in providers() else confirmed.none()
    roles = list(_roles_from(provider).exclude(user__in=known))
    for role in roles:
        _end_by_provider(role, provider)
    return len(roles)


def _wanted(
    provider: Provider, municipality: Municipality, claims: Mapping[str, Any]
) -> set[tuple[str, Department | None]]:
    """The roles that the claims call for; one in a department that is not there is left out, and logged."""
    wanted = set()
    for kind, slug in provider.roles_by(claims):
        department = municipality.departments.filter(slug=slug).first() if slug else None
        try:
            if slug and department is None:
                raise Refused(_("There is no such department."))
            wanted.add((kind, _place(kind, municipality, department)))
        except Refused as refusal:
            log.error("role of a provider cannot be given", provider=provider.id, role=kind, why=str(refusal.reason))
    return wanted


def _roles_from(provider: Provider) -> models.QuerySet[Role]:
    """The open roles that the provider has given, locked."""
    roles = Role.objects.filter(source=provider.id, ends=None).select_related("user", "municipality", "department")
    return roles.select_for_update(of=("self",), no_key=True).order_by("pk")


def _end_by_provider(role: Role, provider: Provider) -> None:
    role.ends = max(clock.today(), role.starts)
    role.save()
    log_step(role, "end", role.kind, "", by=None, reason=provider.name)
    _tell_ended(role, provider)


@transaction.atomic
def appoint(user: User, kind: str) -> NationalRole:
    """Give a national role from today on, on the operator's word. Raises Refused when she holds it already."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if NationalRole.objects.current().filter(user=user, kind=kind).exists():
        raise Refused(ALREADY_HELD)
    role = NationalRole.objects.create(user=user, kind=NationalRoleKind(kind))
    log_step(role, "give", "", kind, by=None)
    return role


@transaction.atomic
def dismiss(user: User, kind: str) -> None:
    """End a national role today, on the operator's word. Raises Refused when she does not hold it."""
    role = (
        NationalRole.objects.select_for_update(of=("self",), no_key=True).current().filter(user=user, kind=kind).first()
    )
    if role is None:
        raise Refused(_("This person does not have this role."))
    role.ends = clock.today()
    role.save()
    log_step(role, "end", kind, "", by=None)


def invite(
    email: str,
    kind: str,
    municipality: Municipality,
    *,
    department: Department | None = None,
    language: str = "da",
    by: User,
) -> Invitation:
    """Write a letter in the language that lets its reader take a role within 14 days. Raises Refused."""
    with transaction.atomic():
        _lock(municipality)
        require(may_administer(by, municipality))
        department = _place(kind, municipality, department)
        same = {"email": email.lower(), "kind": kind, "municipality": municipality, "department": department}
        if Invitation.objects.filter(accepted=None, withdrawn=None, **same).exists():
            raise Refused(_("This person has already been invited. You can send the invitation again from the list."))
        invitation = Invitation.objects.create(invited_by=by, language=language, **same)
        log_step(invitation, "invite", "", kind, by=by)
        _mail(invitation)
    return invitation


def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send the letter again; it holds for another 14 days. Two clicks send one letter. Raises Refused."""
    with transaction.atomic():
        invitation = _locked_invitation(invitation)
        require(may_handle_invitation(by, invitation))
        expires = clock.now() + timedelta(days=INVITATION_DAYS)
        if expires - invitation.expires >= RESEND_PAUSE:
            invitation.expires = expires
            invitation.save()
            log_step(invitation, "resend", "", invitation.kind, by=by)
            _mail(invitation)
    return invitation


def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Make the letter worthless. Raises Refused."""
    with transaction.atomic():
        invitation = _locked_invitation(invitation)
        require(may_handle_invitation(by, invitation))
        invitation.withdrawn = clock.now()
        invitation.save()
        log_step(invitation, "withdraw", invitation.kind, "", by=by)
    return invitation


def accept(invitation: Invitation, *, by: User) -> Role:
    """Take the role that the letter offers, once, and tell the one who invited if she still administers. Raises Refused."""
    with transaction.atomic():
        _lock(invitation.municipality)
        invitation = _locked_invitation(invitation)
        require(may_accept(by, invitation))
        department = _standing(invitation.department)
        role = _held(by, invitation.kind, invitation.municipality, department) or Role.objects.create(
            user=by, kind=invitation.kind, municipality=invitation.municipality, department=department
        )
        invitation.accepted, invitation.accepted_by = clock.now(), by
        invitation.save()
        log_step(invitation, "accept", "", invitation.kind, by=by)
        log_step(role, "give", "", role.kind, by=invitation.invited_by)
        notices.tell(
            "people.invitation-accepted",
            [invitation.invited_by] if is_administrator(invitation.invited_by, invitation.municipality) else [],
            path=f"/{invitation.municipality.slug}/administration/roller/",
            params={"name": str(by), "kind": role.kind, "municipality": role.municipality.name},
            once=str(invitation.pk),
        )
    return role


def change_profile(user: User, values: dict[str, str]) -> User:
    """Set what a person says of herself: name, title, phone, language."""
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(values))
    return locked


def choose_notices(user: User, rhythms: dict[str, str]) -> None:
    """Set how often the person gets mail about each kind of notice."""
    with transaction.atomic():
        for key, rhythm in rhythms.items():
            notices.choose(user, key, rhythm)


def end_account(user: User) -> None:
    """End her roles today, shut the account and sign her out everywhere; she is told by what ends the account."""
    today = clock.today()
    roles: list[Role | NationalRole] = [*Role.objects.current().filter(user=user).order_by("pk")]
    roles += NationalRole.objects.current().filter(user=user)
    for role in roles:
        role.ends = max(today, role.starts)
        role.save()
        log_step(role, "end", role.kind, "", by=None)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    for session in Session.objects.all().iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def _lock(municipality: Municipality) -> None:
    """One change to a municipality's roles at a time, so that what a rule has counted stays true."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)


def _locked_role(role: Role) -> Role:
    related = Role.objects.select_related("user", "municipality", "department")
    return related.select_for_update(of=("self",), no_key=True).get(pk=role.pk)


def _locked_invitation(invitation: Invitation) -> Invitation:
    related = Invitation.objects.select_related("municipality", "department", "invited_by")
    return related.select_for_update(of=("self",), no_key=True).get(pk=invitation.pk)


def _place(kind: str, municipality: Municipality, department: Department | None) -> Department | None:
    """The department in which the kind of role is held; None for the whole municipality."""
    if kind in MUNICIPALITY_WIDE:
        return None
    if department is None:
        if kind in DEPARTMENT_KINDS:
            raise Refused(_("Choose the department in which the role is held."))
        return None
    if department.municipality_id != municipality.pk:
        raise Refused(_("The department belongs to another municipality."))
    return _standing(department)


def _standing(department: Department | None) -> Department | None:
    """The department, or the one that has taken over after it."""
    while department is not None and department.ended:
        department = department.successor
        if department is None:
            raise Refused(_("The department is no longer there. Ask the municipality for a new invitation."))
    return department


def _held(user: User, kind: str, municipality: Municipality, department: Department | None) -> Role | None:
    held = Role.objects.filter(user=user, kind=kind, municipality=municipality, department=department, ends=None)
    return held.first()


def _mail(invitation: Invitation) -> None:
    with translation.override(invitation.language):
        words = loader.render_to_string(
            "people/mail/invitation.txt",
            {
                "invitation": invitation,
                "address": notices.address(f"/invitation/{invitation.token}/"),
                "municipality": invitation.municipality.label,
                "days": INVITATION_DAYS,
            },
        )
    subject, _newline, text = words.strip().partition("\n")
    key = f"invitation-{invitation.pk}-{invitation.expires.isoformat()}"
    write_mail(key=key, recipient=invitation.email, subject=subject, text=text.strip())


def _tell_given(role: Role, by: User | Provider) -> None:
    _tell("people.role-given", role, by, day=role.starts)


def _tell_ended(role: Role, by: User | Provider) -> None:
    _tell("people.role-ended", role, by, day=role.ends)


def _tell(key: str, role: Role, by: User | Provider, *, day: date | None) -> None:
    """Tell the holder; what she did herself she knows."""
    if role.user == by:
        return
    params = {
        "kind": role.kind,
        "municipality": role.municipality.name,
        "department": role.department.name if role.department else "",
        "day": day.isoformat() if day else "",
        "by": str(by),
    }
    notices.tell(key, [role.user], path="/min/profil/", params=params)
