"""Trial balance, statement of an account, journal, one entry, the posting file and its mapping."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from fyrtaarn.foundation.exports import FORMATS, Value, table_response
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.forms import DateField
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.lists import FORMAT, Column, Filter, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import require

from . import actions, posting_files, queries
from .desk import Desk
from .forms import MappingForm, PeriodForm
from .models import Account, AccountKind, Entry, Reason
from .posting_files import in_kroner
from .queries import StatementLine, TrialLine
from .rules import may_keep_books

MOST_LINES = 500
ABOUT = "om"
"""The account whose key stands for what the journal shall be about: a grant, a contributor, a recipient."""


def trial(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Every account from one day to another."""
    form = PeriodForm.asked(request.GET)
    first, last = form.period
    lines = queries.trial_balance(desk.book, first, last)
    kind = request.GET.get(FORMAT)
    if kind in FORMATS:
        return table_response(kind, _("Balances"), _trial_headings(), _trial_rows(lines))
    period = {"starts": first.isoformat(), "last_day": last.isoformat()}
    sides = [
        (caption, [(line, desk.account_url(line.account, period)) for line in of_side], _sums(of_side))
        for caption, of_side in (
            (_("Where the money is"), [line for line in lines if line.account.grows_on_debit]),
            (_("What the money is for"), [line for line in lines if not line.account.grows_on_debit]),
        )
    ]
    context = {
        "book": desk.book, "form": form, "first": first, "last": last, "sides": sides, "tabs": desk.tabs("book"),
        "trail": desk.trail(), "files": _files(desk.url("book", period)),
    }  # fmt: skip
    return render(request, "ledger/trial.html", context)


def _sums(lines: Iterable[TrialLine]) -> list[int]:
    rows = [(line.opening, line.debit, line.credit, line.closing) for line in lines]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0, 0, 0, 0]


def _trial_headings() -> list[str]:
    return [_("Account"), _("Opening"), _("Debit"), _("Credit"), _("Closing")]


def _trial_rows(lines: Iterable[TrialLine]) -> Iterator[list[Value]]:
    for line in lines:
        amounts = (line.opening, line.debit, line.credit, line.closing)
        yield [str(line.account), *(in_kroner(amount) for amount in amounts)]


def _files(address: str) -> list[tuple[str, str]]:
    return [("Excel", f"{address}&{FORMAT}=xlsx"), ("CSV", f"{address}&{FORMAT}=csv")]


def account(request: HttpRequest, desk: Desk, account: int) -> HttpResponseBase:
    """What has moved on one account."""
    found = get_object_or_404(desk.book.accounts, pk=account)
    form = PeriodForm.asked(request.GET)
    first, last = form.period
    statement = queries.statement(found, first, last)
    kind = request.GET.get(FORMAT)
    if kind in FORMATS:
        return table_response(kind, str(found), _statement_headings(), _statement_rows(statement.lines()))
    lines = list(statement.lines(MOST_LINES + 1))
    period = {"starts": first.isoformat(), "last_day": last.isoformat()}
    context = {
        "book": desk.book, "account": found, "form": form, "statement": statement,
        "lines": [(line, desk.entry_url(line.posting.entry)) for line in lines[:MOST_LINES]],
        "most": MOST_LINES, "is_cut": len(lines) > MOST_LINES,
        "about": _about(desk, found), "trail": desk.trail((str(found), "")),
        "files": _files(desk.account_url(found, period)),
    }  # fmt: skip
    return render(request, "ledger/account.html", context)


def _statement_headings() -> list[str]:
    return [_("Date"), _("Number"), _("What happened"), _("Text"), _("Document"), _("Debit"), _("Credit"), _("Balance")]


def _statement_rows(lines: Iterable[StatementLine]) -> Iterator[list[Value]]:
    for line in lines:
        posting, entry = line.posting, line.posting.entry
        words: list[Value] = [entry.day, entry.number, entry.get_reason_display(), entry.text, entry.document]
        yield [*words, *(in_kroner(amount) for amount in (posting.debit, posting.credit, line.balance))]


def _about(desk: Desk, account: Account) -> str:
    """Where all entries are that touch what the account is for; nothing for those that a book has once."""
    return desk.url("book-journal", {ABOUT: account.pk}) if account.key else ""


def journal(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All entries, or those about one grant, one contributor, one recipient."""
    pk = key_in(request.GET.get(ABOUT, ""))
    about = desk.book.accounts.filter(pk=pk).exclude(key="").first() if pk is not None else None
    entries = queries.trace(desk.book, about.key) if about else desk.book.entries.all()
    page = ListPage(
        request,
        queries.with_amount(entries.select_related("by")),
        name=_("Entries"),
        columns=(
            Column(_("Number"), "number", link=desk.entry_url),
            Column(_("Date"), "day"),
            Column(_("What happened"), Entry.get_reason_display),
            Column(_("Text"), "text"),
            Column(_("Document"), "document"),
            Column(_("By"), lambda entry: str(entry.by) if entry.by else _("The platform")),
            Column(_("Amount in kroner"), _amount),
        ),
        sorts=(
            Sort("nyeste", _("Newest first"), ("-number",)),
            Sort("aeldste", _("Oldest first"), ("number",)),
        ),
        filters=(
            choice_filter("haendelse", _("What happened"), "reason", Reason.choices),
            Filter("fra", DateField(label=_("From"), required=False), lambda rows, day: rows.filter(day__gte=day)),
            Filter("til", DateField(label=_("To and including"), required=False), _until),
        ),
        search=("text", "document"),
        kept=(ABOUT,),
    )
    context = {"book": desk.book, "about": about, "all": desk.url("book-journal"), "tabs": desk.tabs("book-journal")}
    return page.respond("ledger/journal.html", {**context, "trail": desk.trail((_("Entries"), ""))})


def _amount(entry: Any) -> Value:
    """Of an entry that was read with its amount."""
    return in_kroner(entry.moved)


def _until(rows: Any, day: Any) -> Any:
    return rows.filter(day__lte=day)


def entry(request: HttpRequest, desk: Desk, number: int) -> HttpResponseBase:
    """One entry with its lines."""
    found = get_object_or_404(
        queries.with_amount(desk.book.entries.select_related("by", "reverses", "reversed_by")), number=number
    )
    postings = found.postings.select_related("account")
    name = _("Entry %(number)s") % {"number": found.number}
    context = {
        "book": desk.book, "entry": found, "name": name,
        "lines": [(line, desk.account_url(line.account), _about(desk, line.account)) for line in postings],
        "reverses": found.reverses and desk.entry_url(found.reverses),
        "reversed_by": desk.entry_url(found.reversed_by) if hasattr(found, "reversed_by") else "",
        "trail": desk.trail((_("Entries"), desk.url("book-journal")), (name, "")),
    }  # fmt: skip
    return render(request, "ledger/entry.html", context)


def posting_file(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """The lines of some days as a file that the municipality's finance system reads in."""
    form = PeriodForm.asked(request.GET)
    first, last = form.period
    numbers = queries.finance_accounts(desk.book)
    if request.GET.get(FORMAT) in FORMATS:
        postings = queries.posting_rows(desk.book, first, last)
        return posting_files.response(request.GET[FORMAT], desk.book, postings, numbers)
    keeps = may_keep_books(request.user, desk.book.municipality_id)
    context = {
        "book": desk.book, "form": form, "first": first, "last": last, "columns": posting_files.COLUMNS,
        "mapping": [(label, numbers.get(kind, "")) for kind, label in AccountKind.choices],
        "unmapped": [label for kind, label in AccountKind.choices if kind not in numbers],
        "change": desk.url("book-mapping") if keeps else "",
        "tabs": desk.tabs("book-file"), "trail": desk.trail((_("File for the finance system"), "")),
        "files": _files(desk.url("book-file", {"starts": first.isoformat(), "last_day": last.isoformat()})),
    }  # fmt: skip
    return render(request, "ledger/posting_file.html", context)


def mapping(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Which account of the finance system takes each kind of ours."""
    require(may_keep_books(request.user, desk.book.municipality_id))
    form = MappingForm(*sent(request), numbers=queries.finance_accounts(desk.book))
    back = desk.url("book-file")
    return form_page(
        request,
        form,
        lambda: actions.set_mapping(desk.book, form.numbers, by=request.user),  # type: ignore[arg-type]
        title=_("Accounts in the finance system"),
        lead=_(
            "Which account of the municipality's finance system takes what stands on ours? Leave out what has none."
        ),
        back=back,
        done=_("The accounts have been saved."),
        trail=desk.trail((_("File for the finance system"), back)),
    )
