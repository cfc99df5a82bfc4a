"""What people do with organisations. Each function is one transaction."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.mail import write_mail
from fyrtaarn.foundation.notices import tell
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import Role, RoleKind, User

from . import rules
from .listing import changed
from .models import Claim, ClaimState, Membership, MembershipKind, Organisation, TeamInvitation, Verification
from .register import Company

SHARED = ("themes", "target_groups", "goals", "districts")


@transaction.atomic
def create_organisation(user: User, fields: dict[str, Any], company: Company | None = None) -> Organisation:
    """Describe a new organisation and become its owner. `fields` are cleaned form values.

    Raises ValidationError when the CVR number has been taken in the meantime.
    """
    require(rules.may_create(user))
    plain = {name: value for name, value in fields.items() if name not in SHARED}
    organisation = Organisation(**plain, slug=free_slug(fields["name"]))
    keep_register_data(organisation, company)
    save_unless_taken(organisation)
    set_shared(organisation, fields)
    Membership.objects.create(user=user, organisation=organisation, kind=MembershipKind.OWNER)
    changed(organisation)
    return organisation


@transaction.atomic
def edit_organisation(user: User, organisation: Organisation, fields: dict[str, Any], version: int) -> Organisation:
    """Save what the form says. Raises Conflict when somebody else saved after the form was opened."""
    require(rules.may_edit(user, organisation))
    current = claim_version(organisation, version)
    for name, value in fields.items():
        if name not in SHARED:
            setattr(current, name, value)
    current.updated = clock.now()
    save_unless_taken(current)
    set_shared(current, fields)
    changed(current)
    return current


def set_shared(organisation: Organisation, fields: dict[str, Any]) -> None:
    for name in SHARED:
        if name in fields:
            getattr(organisation, name).set(fields[name])


def keep_register_data(organisation: Organisation, company: Company | None) -> None:
    if company is not None:
        organisation.register_data = company.as_data()
        organisation.register_read = clock.now()


def save_unless_taken(organisation: Organisation) -> None:
    """Save; two who describe the same enterprise at once meet here, and the second is told."""
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as fault:
        if "cvr" not in str(fault):
            raise
        raise ValidationError({"cvr": _("Another organisation here already has this CVR number.")}) from fault


def hold_names() -> None:
    """Let nobody else give an organisation a name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisations.names'))")


def free_slug(name: str) -> str:
    """An address that no other organisation has, until the transaction ends: the name, if need be with a number."""
    hold_names()
    slug = danish_slug(name)
    taken = set(Organisation.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    while (candidate := slug if not taken or slug not in taken else f"{slug}-{number}") in taken:
        number += 1
    return candidate


@transaction.atomic
def invite(user: User, organisation: Organisation, email: str, kind: str) -> TeamInvitation:
    """Send a letter that lets one person join the team; a former waiting letter to her is withdrawn."""
    hold(Organisation.objects.all(), organisation.pk)  # of two at once, the second withdraws the letter of the first
    require(rules.may_manage_team(user, organisation))
    now = clock.now()
    waiting = TeamInvitation.objects.filter(
        organisation=organisation, email__iexact=email, accepted=None, withdrawn=None
    )
    waiting.update(withdrawn=now)
    invitation = TeamInvitation.objects.create(organisation=organisation, email=email, kind=kind, invited_by=user)
    write_invitation_mail(invitation)
    return invitation


def write_invitation_mail(invitation: TeamInvitation) -> None:
    """Write the letter in the inviter's language, since we do not know the other's."""
    with translation.override(invitation.invited_by.language):
        words = render_to_string(
            "organisations/mail/invitation.txt",
            {
                "organisation": invitation.organisation.name,
                "inviter": str(invitation.invited_by),
                "address": f"{settings.PUBLIC_URL}{reverse('organisations:invitation', args=[invitation.token])}",
                "expires": invitation.expires,
            },
        )
    subject, _newline, text = words.strip().partition("\n")
    write_mail(key=f"team-invitation-{invitation.pk}", recipient=invitation.email, subject=subject, text=text)


@transaction.atomic
def withdraw_invitation(user: User, invitation: TeamInvitation) -> None:
    """Make a waiting letter worthless."""
    require(rules.may_manage_team(user, invitation.organisation))
    TeamInvitation.objects.filter(pk=invitation.pk, accepted=None, withdrawn=None).update(withdrawn=clock.now())


@transaction.atomic
def accept_invitation(user: User, token: str) -> Membership:
    """Join a team by a letter. Raises Refused, with why, when the letter is not hers or no longer holds."""
    invitation = TeamInvitation.objects.select_for_update(no_key=True).select_related("organisation").get(token=token)
    require(rules.may_accept(user, invitation))
    invitation.accepted, invitation.accepted_by = clock.now(), user
    invitation.save(update_fields=["accepted", "accepted_by"])
    membership, new = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, ends=None, defaults={"kind": invitation.kind}
    )
    if not new and invitation.kind == MembershipKind.OWNER:
        membership.kind = MembershipKind.OWNER
        membership.save(update_fields=["kind"])
    tell(
        "organisations.joined",
        User.objects.filter(memberships__in=owners_of(invitation.organisation)).exclude(pk=user.pk).order_by("pk"),
        path=f"/min/organisationer/{invitation.organisation.slug}/hold/",
        params={"organisation": invitation.organisation.name, "person": str(user)},
        once=f"joined-{invitation.pk}",
    )
    return membership


def owners_of(organisation: Organisation) -> Any:
    return Membership.objects.current().filter(organisation=organisation, kind=MembershipKind.OWNER)


@transaction.atomic
def end_membership(user: User, membership: Membership) -> None:
    """Leave a team, or see somebody off. The last owner stays, also when two leave at once."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.organisation_id)
    membership.refresh_from_db()
    require_still_there(membership)
    require(rules.may_leave(user, membership))
    membership.ends = clock.today()
    membership.save(update_fields=["ends"])


def leave_everything(user: User) -> None:
    """Leave all teams today, and take back what waits for an answer; part of ending an account."""
    for membership in Membership.objects.current().filter(user=user).order_by("pk"):
        membership.ends = max(clock.today(), membership.starts)
        membership.save(update_fields=["ends"])
    for waiting in Claim.objects.filter(user=user, state=ClaimState.WAITING):
        waiting.state = ClaimState.WITHDRAWN
        waiting.save(update_fields=["state"])
        log_step(waiting, "withdraw", ClaimState.WAITING, ClaimState.WITHDRAWN, by=None)


def require_still_there(membership: Membership) -> None:
    if membership.ends is not None:
        raise Refused(_("This person has already left."))


@transaction.atomic
def change_membership(user: User, membership: Membership, kind: str) -> None:
    """Make a member owner, or an owner member (not the last one)."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.organisation_id)
    membership.refresh_from_db()
    require_still_there(membership)
    require(rules.may_manage_team(user, membership.organisation))
    if kind != MembershipKind.OWNER and membership.kind == MembershipKind.OWNER:
        require(rules.may_leave(user, membership))
    membership.kind = kind
    membership.save(update_fields=["kind"])


@transaction.atomic
def claim(user: User, organisation: Organisation, ground: str) -> Claim:
    """Say that an organisation without a team is mine; the municipality is told. Asking twice gives the same claim."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    require(rules.may_claim(user, organisation))
    made, new = Claim.objects.get_or_create(
        organisation=organisation, user=user, state="waiting", defaults={"ground": ground}
    )
    if new:
        tell(
            "organisations.claim",
            those_who_decide(organisation.home),
            path=f"/{organisation.home.slug}/administration/organisationer/",
            params={"organisation": organisation.name, "person": str(user)},
            once=f"claim-{made.pk}",
        )
    return made


def those_who_decide(municipality: Municipality) -> Any:
    """The administrators and community managers of a municipality today."""
    roles = Role.objects.current().filter(
        municipality=municipality, kind__in=(RoleKind.MUNICIPALITY_ADMINISTRATOR, RoleKind.COMMUNITY_MANAGER)
    )
    return User.objects.filter(roles__in=roles, is_active=True).distinct().order_by("pk")


@transaction.atomic
def verify(user: User, municipality: Municipality, organisation: Organisation, fields: dict[str, Any]) -> Verification:
    """Note, dated and in the municipality's name, how the organisation meets the five criteria."""
    require(rules.may_verify(user, municipality))
    verification = Verification.objects.create(
        organisation=organisation, municipality=municipality, verified_by=user, **fields
    )
    tell(
        "organisations.verified",
        User.objects.filter(memberships__in=owners_of(organisation)).order_by("pk"),
        path=f"/organisationer/{organisation.slug}/",
        params={"organisation": organisation.name, "municipality": municipality.name},
        once=f"verification-{verification.pk}",
    )
    return verification
