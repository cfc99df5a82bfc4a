"""A community manager's own notes: people she knows, and what she wants to remember."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort

from .. import actions, queries
from ..forms import NewNoteForm, NoteForm, initial_of_note
from ..models import Note
from ..notices import note_path
from .common import BoardRequest, board_tabs, board_trail, board_url, done_or_told, on_board

LEAD = gettext_lazy(
    "Only you can read it. Still, write it so that the person could: who is noted here may ask for a copy."
)


@require_safe
@on_board
def notes(request: BoardRequest) -> HttpResponseBase:
    """My notes of the district, to be searched."""
    page = ListPage(
        request,
        queries.notes_of(request.user, request.district),
        name=_("People and notes"),
        columns=(
            Column(_("Who or what"), "title", link=note_path),
            Column(_("Note"), _beginning),
            Column(_("Remind me on"), "follow_up"),
            Column(_("Changed"), "changed"),
        ),
        sorts=(
            Sort("nyeste", _("Changed last"), ("-changed",)),
            Sort("dag", _("Next reminder"), ("follow_up",)),
            Sort("navn", _("Name"), ("title",)),
        ),
        search=("title", "text", "email", "phone"),
    )
    context = {
        "district": request.district,
        "tabs": board_tabs(request, "notes"),
        "lead": LEAD,
        "trail": board_trail(request.district, (_("People and notes"), "")),
    }
    return page.respond("community/notes.html", context)


def _beginning(note: Note) -> str:
    words = " ".join(note.text.split())
    return words if len(words) <= 120 else f"{words[:120].rsplit(' ', 1)[0]} …"


@on_board
def write_note(request: BoardRequest) -> HttpResponse:
    """A new note."""
    form = NewNoteForm(*sent(request))
    told = form.cleaned_data if form.is_valid() else {}
    return form_page(
        request,
        form,
        lambda: actions.write_note(request.user, request.district, told["draft_key"], told),
        title=_("New note"),
        lead=str(LEAD),
        back=board_url("notes", request.district),
        done=_("Saved."),
        trail=_trail(request),
    )


@on_board
def note(request: BoardRequest, pk: int) -> HttpResponse:
    """One note, to be read and changed."""
    own = _note(request, pk)
    if request.method != "POST":
        form = NoteForm(initial=initial_of_note(own))
        context = {"note": own, "form": form, "district": request.district, "lead": LEAD}
        return render(request, "community/note.html", {**context, "trail": [*_trail(request), (own.title, "")]})
    form = NoteForm(*sent(request))
    told = form.cleaned_data if form.is_valid() else {}
    return form_page(
        request,
        form,
        lambda: actions.change_note(request.user, own, told, told["version"]),
        title=own.title,
        back=board_url("notes", request.district),
        done=_("Saved."),
        trail=_trail(request),
        stored=lambda current: NoteForm(initial=initial_of_note(current)),
    )


@require_POST
@on_board
def settle_note(request: BoardRequest, pk: int) -> HttpResponse:
    """What I wanted to be reminded of is done."""
    own = _note(request, pk)
    done_or_told(request, lambda: actions.settle_note(request.user, own), _("Done. The note is still here."))
    return redirect(board_url("board", request.district))


@require_POST
@on_board
def delete_note(request: BoardRequest, pk: int) -> HttpResponse:
    """Delete a note for good."""
    actions.delete_note(request.user, _note(request, pk))
    messages.success(request, _("The note is deleted."))
    return redirect(board_url("notes", request.district))


def _note(request: BoardRequest, pk: int) -> Note:
    own: Note = get_object_or_404(queries.notes_of(request.user, request.district), pk=pk)
    return own


def _trail(request: BoardRequest) -> list[tuple[str, str]]:
    return board_trail(request.district, (_("People and notes"), board_url("notes", request.district)))
