"""What the living component page shows: invented content in every state a component has."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.clock import COPENHAGEN
from fyrtaarn.foundation.forms import DateField, UploadField
from fyrtaarn.foundation.lists import Column, ListPage, Sort

TOWNS = ["Almind", "Bramdrupdam", "Christiansfeld", "Dalby", "Fynslund", "Harte", "Hejls", "Jordrup", "Lunderskov",
         "Sdr. Bjert", "Sdr. Stenderup", "Sjølund", "Vamdrup", "Viuf", "Vonsild", "Ødis", "Aller"]  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Say in one line what it is about."))
    email = forms.EmailField(label=_("E-mail address"))
    text = forms.CharField(label=_("What is the situation?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=400)
    number = forms.IntegerField(label=_("How many?"), required=False, min_value=1)
    day = DateField(label=_("Answers wanted before"), required=False)
    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=[("idea", _("An idea")), ("tried", _("Tried out")), ("proven", _("Proven"))],
    )
    price = forms.ChoiceField(
        label=_("Price"),
        choices=[("free", _("Free of charge")), ("fixed", _("A fixed price"))],
        widget=forms.RadioSelect,
    )
    possible = forms.MultipleChoiceField(
        label=_("What is possible?"),
        choices=[("trial", _("A trial")), ("purchase", _("A purchase")), ("partnership", _("A partnership"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose as many as you like."),
    )
    places = forms.MultipleChoiceField(
        label=_("Where?"),
        choices=[(town, town) for town in TOWNS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    documents = UploadField(label=_("Files"), required=False, multiple=True)
    agree = forms.BooleanField(label=_("I may share this text"))


def sample_list(request: HttpRequest) -> ListPage[Municipality]:
    """The municipalities of the country, to be searched, sorted and paged through."""
    return ListPage(
        request,
        Municipality.objects.all(),
        name=_("Municipalities"),
        columns=(Column(_("Name"), "name"), Column(_("Region"), "region")),
        sorts=(Sort("navn", _("Name"), ("sort_key",)), Sort("region", _("Region"), ("region", "sort_key"))),
        search=("name",),
        page_size=5,
    )


def sample_context(request: HttpRequest) -> dict[str, Any]:
    """Everything that the component page's template names."""
    faulty = SampleForm({"title": "", "email": "nogen(at)example.dk", "stage": "idea", "text": ""}, prefix="faulty")
    faulty.is_valid()
    at = datetime(2026, 3, 12, 10, 30, tzinfo=COPENHAGEN)
    return {
        "trail": [("Kolding", "/kolding/"), (_("Challenges"), "/kolding/udfordringer/"), (_("A place to belong"), "")],
        "drawings": ["horizon", "meeting", "townhall", "workshop", "neighbours"],
        "form": SampleForm(),
        "faulty_form": faulty,
        "steps": [
            {"label": _("Situation"), "url": "#", "state": "done"},
            {"label": _("Whom and where"), "url": "#", "state": "current"},
            {"label": _("What is possible"), "url": "", "state": "todo"},
        ],
        "tabs": [
            {"label": _("Seeking"), "url": "#", "current": True, "count": 12},
            {"label": _("In dialogue"), "url": "#", "current": False, "count": 3},
            {"label": _("Solved"), "url": "#", "current": False, "count": None},
        ],
        "list": sample_list(request),
        "notice": {
            "pk": 1,
            "unread": True,
            "group": _("Challenges"),
            "created": at,
            "title": _("Somebody can help you"),
            "text": _("Eksempelværkstedet would like to talk about “A place to belong”."),
        },
        "page": {"previous_url": "#", "next_url": "#", "summary": "21–40"},
        "timeline": [
            {"label": _("Published"), "by": "Mette Eksempel", "at": at, "reason": ""},
            {"label": _("Closed"), "by": "Mette Eksempel", "at": at, "reason": _("We found help in the house.")},
        ],
        "points": [
            {"lat": 55.4904, "lon": 9.4722, "title": "Kolding", "url": "/kolding/"},
            {"lat": 55.4904, "lon": 9.4722, "title": _("A place to belong"), "url": "#map"},
            {"lat": 55.6761, "lon": 12.5683, "title": "København", "url": "/koebenhavn/"},
        ],
        "files": [
            {"url": "#", "name": "plan.pdf", "size": 240_000},
            {"url": "#", "name": "billede.jpg", "size": 90_000},
        ],
        "sentences": [_("Both write about loneliness among older people."), _("It is delivered in Kolding.")],
        "against": [_("There is no room at present.")],
    }
