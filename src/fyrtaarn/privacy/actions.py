"""Copies and erasure. Each function is one transaction, logged; the worker carries them out."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock, mail, notices
from fyrtaarn.foundation.history import because
from fyrtaarn.foundation.journal import entries_about, write_journal
from fyrtaarn.foundation.models import OutgoingMail
from fyrtaarn.foundation.personal_data import ERASED_DOMAIN, HOLDINGS, Fate, Holding, when_person_is_erased
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.sealing import amending
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from . import remembering, rules
from .copying import write_copy
from .models import CALL_BACK_DAYS, COPY_DAYS, ArchiveDecision, Copy, Erasure, Register
from .queries import rows_about
from .traces import Traces, empty, empty_history, take_out

COPY_JOB = "privacy.make_copy"
REGISTER_JOB = "privacy.make_register"
LET_GO_JOB = "privacy.let_go"
DONE_KEY = "erasure-done-"
RECEIPT_WAITS = timedelta(days=7)


@transaction.atomic
def ask_for_copy(person: User) -> Copy:
    """Have the worker make a copy of all that is held on the person; asking again before it is made changes nothing."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    waiting = Copy.objects.filter(person=person, made=None).first()
    if waiting is not None:
        return waiting
    copy = Copy.objects.create(person=person)
    log_step(copy, "ask", "", "", by=person)
    app.configure_task(COPY_JOB).defer(copy=copy.pk)
    return copy


@transaction.atomic
def make_copy(number: int) -> None:
    """Make the copy that was asked for and tell its person; one that is made, or no longer wanted, is left alone."""
    copy = (
        Copy.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .filter(pk=number, made=None)
        .first()
    )
    if copy is None:
        return
    packed = BytesIO()
    with translation.override(copy.person.language):
        write_copy(packed, copy.person)
    copy.content.save("", ContentFile(packed.getvalue()), save=False)
    copy.made = clock.now()
    copy.save()
    notices.tell("privacy.copy", [copy.person], path=reverse("privacy:mine"), once=str(copy.pk))


def log_fetched(copy: Copy, person: User) -> None:
    """Note that the copy was fetched. Raises Refused."""
    require(rules.may_fetch(person, copy))
    log_step(copy, "fetch", "", "", by=person)


@transaction.atomic
def ask_for_erasure(person: User) -> Erasure:
    """Erase the person in 14 days, unless she calls it back; she gets a receipt by mail. Raises Refused."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    waiting = Erasure.objects.filter(person=person, called_back=None, done=None).first()
    if waiting is not None:
        return waiting
    require(rules.may_be_erased(person))
    erasure = Erasure.objects.create(person=person, due=clock.today() + timedelta(days=CALL_BACK_DAYS))
    log_step(erasure, "ask", "", "", by=person)
    _write(f"erasure-asked-{erasure.pk}", person, "privacy/mail/asked.txt", erasure)
    return erasure


@transaction.atomic
def call_back(erasure: Erasure, person: User) -> None:
    """Keep the account after all. Raises Refused."""
    erasure = Erasure.objects.select_for_update(of=("self",), no_key=True).get(pk=erasure.pk)
    require(rules.may_call_back(person, erasure))
    erasure.called_back = clock.now()
    erasure.save()
    log_step(erasure, "call-back", "", "", by=person)
    _write(f"erasure-called-back-{erasure.pk}", person, "privacy/mail/called_back.txt", erasure)


def erase_due() -> int:
    """Carry out the erasures that are due, each in a transaction of its own; returns how many.

    Somebody on whom a municipality or a team has come to depend alone in the meantime is told, and waits.
    """
    due = Erasure.objects.filter(called_back=None, done=None, due__lte=clock.today()).order_by("pk")
    return sum(_carry_out(number) for number in due.values_list("pk", flat=True))


@transaction.atomic
def _carry_out(number: int) -> bool:
    erasure = Erasure.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=number)
    if erasure.called_back or erasure.done:
        return False
    verdict = rules.may_be_erased(erasure.person)
    if not verdict:
        notices.tell(
            "privacy.waits", [erasure.person], path=reverse("privacy:erase"), params={"why": str(verdict.reason)},
            once=f"{erasure.pk} {clock.today():%Y-%m}",
        )  # fmt: skip
        return False
    known = User(email=erasure.person.email, name=erasure.person.name, language=erasure.person.language)
    erase(erasure.person)
    erasure.done = clock.now()
    erasure.save()
    log_step(erasure, "erase", "", "", by=None)
    _write(f"{DONE_KEY}{erasure.pk}", known, "privacy/mail/done.txt", erasure)
    transaction.on_commit(remembering.write_list)
    return True


@transaction.atomic
def erase(person: User) -> None:
    """Take a person out of everything that need not stay: what each room has declared, its history, mails and files."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    traces = Traces.of(person)
    with amending("a person was erased"), because("erased"):
        for follow in when_person_is_erased:
            follow(person)
        mail.forget_recipient(traces.addresses, traces.are_in)
        for holding in HOLDINGS.values():
            _clear(holding, person, traces)
        for holding in HOLDINGS.values():
            take_out(traces, holding)


def erase_again(lines: dict[str, str]) -> int:
    """Erase those whom a list from beside the backups names and who are here unerased; returns how many."""
    found = remembering.living(lines)
    for person in found:
        with transaction.atomic():
            erase(person)
            Erasure.objects.filter(person=person, called_back=None, done=None).delete()
            Erasure.objects.create(person=person, due=clock.today(), done=clock.now())
    return len(found)


def _clear(holding: Holding, person: User, traces: Traces) -> None:
    rows = rows_about(holding, person, set(traces.addresses))
    if holding.erase:
        delete(holding, list(rows.values_list("pk", flat=True)))
    else:
        empty(holding, rows, [*holding.fields_with(Fate.BLANK), *holding.fields_with(Fate.REPLACE)])


def delete(holding: Holding, numbers: list[Any]) -> None:
    """Remove rows with their files, and empty what their history says."""
    rows = holding.model._base_manager.filter(pk__in=numbers).order_by("pk")
    for column in holding.model._meta.fields:
        if column.get_internal_type() == "FileField":
            _remove_content([getattr(row, column.name) for row in rows])
    rows.delete()
    empty_history(holding, numbers, list(holding.fields))


def _remove_content(contents: list[Any]) -> None:
    for content in contents:
        if content:
            transaction.on_commit(lambda content=content: content.storage.delete(content.name))  # type: ignore[misc]


def forget_receipts() -> int:
    """Empty the last letters to those who have been erased: once sent, or after a week; returns how many."""
    letters = OutgoingMail.objects.filter(key__startswith=DONE_KEY).exclude(recipient__endswith=f"@{ERASED_DOMAIN}")
    over = letters.exclude(sent=None) | letters.filter(created__lt=clock.now() - RECEIPT_WAITS)
    return over.update(recipient=f"slettet@{ERASED_DOMAIN}", subject="", text="", last_error="", claimed=clock.now())


def _write(key: str, person: User, template: str, erasure: Erasure) -> None:
    with translation.override(person.language):
        context = {
            "name": str(person),
            "due": erasure.due,
            "address": notices.address(reverse("privacy:erase")),
        }
        subject, _newline, text = loader.render_to_string(template, context).strip().partition("\n")
        mail.write_mail(key=key, recipient=person.email, subject=subject, text=text.strip())


@transaction.atomic
def ask_for_register(
    user: User,
    municipality: Municipality,
    reason: str,
    *,
    person: User | None = None,
    organisation: Organisation | None = None,
) -> Register:
    """Have the worker make a register of what the municipality has about one party. Raises Refused."""
    require(rules.may_answer_requests(user, municipality))
    register = Register.objects.create(
        municipality=municipality, person=person, organisation=organisation, reason=reason, by=user
    )
    log_step(register, "ask", "", "", by=user, reason=reason)
    app.configure_task(REGISTER_JOB).defer(register=register.pk)
    return register


@transaction.atomic
def make_register(number: int) -> None:
    """Make the register that was asked for and tell who asked; one that is made is left alone."""
    related = Register.objects.select_related("municipality", "person", "organisation", "by")
    register = related.select_for_update(of=("self",), no_key=True).filter(pk=number, made=None).first()
    if register is None:
        return
    packed = BytesIO()
    with translation.override(register.by.language):
        title = _("Register about %(party)s") % {"party": register.party}
        about = f"{register.municipality.label}, {register.reason}."
        party = {"person": register.person, "organisation": register.organisation}
        write_journal(packed, title, entries_about(register.municipality, **party), about=about)
    register.content.save("", ContentFile(packed.getvalue()), save=False)
    register.made = clock.now()
    register.save()
    path = reverse("privacy:requests", args=[register.municipality.slug])
    notices.tell("privacy.register", [register.by], path=path, params={"party": register.party}, once=str(register.pk))


def log_register_fetched(register: Register, user: User) -> None:
    """Note that a register was fetched. Raises Refused."""
    require(rules.may_fetch_register(user, register))
    log_step(register, "fetch", "", "", by=user)


@transaction.atomic
def forget_register_files() -> int:
    """Remove the files of registers that are a week old; that they were made stays. Returns how many."""
    old = Register.objects.exclude(content="").filter(asked__lt=clock.now() - timedelta(days=COPY_DAYS))
    registers = list(old.select_for_update(no_key=True).order_by("pk"))
    _remove_content([register.content for register in registers])
    Register.objects.filter(pk__in=[register.pk for register in registers]).update(content="")
    return len(registers)


@transaction.atomic
def note_decision(user: User, municipality: Municipality, fields: dict[str, Any]) -> ArchiveDecision:
    """Note what the archive has decided, and have what may go now let go. Raises Refused."""
    require(rules.may_look_after(user, municipality))
    decision = ArchiveDecision.objects.create(municipality=municipality, by=user, **fields)
    log_step(decision, "note", "", decision.kind, by=user, reason=decision.reference)
    app.configure_task(LET_GO_JOB).defer()
    return decision
