"""Forms about organisations."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.choices import ChoicesTogether
from fyrtaarn.topics.forms import TopicsField

from .cvr import tidy_cvr, validate_cvr
from .models import MembershipKind, Organisation, OrganisationKind
from .register import Company

VERIFICATION_DAYS = 730

CRITERIA = (
    # Lov nr. 711 af 25/06/2014 om registrerede socialøkonomiske virksomheder, the five criteria in our words
    ("social_purpose", _("It has a social purpose")),
    ("commercial", _("It carries on business")),
    ("independent", _("It is independent of public authorities")),
    ("inclusive_governance", _("It is inclusive and responsible in its conduct")),
    ("social_profit_use", _("It uses its profits for social ends")),
)


class CvrForm(forms.Form):
    """The first step: the number, or none."""

    cvr = forms.CharField(
        label=_("CVR number"),
        required=False,
        max_length=20,
        help_text=_("Eight digits. We fetch the name and address for you. Leave it empty if you have none yet."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_cvr(self) -> str:
        number = tidy_cvr(self.cleaned_data["cvr"])
        if number:
            validate_cvr(number)
        return number


@dataclass(frozen=True)
class Part:
    """Fields that belong together. What may wait is folded, so that the form is short on a phone."""

    title: str | Promise
    fields: list[BoundField]
    folded: bool

    @property
    def is_open(self) -> bool:
        """Whether a folded part is shown at once, because something in it must be mended."""
        return any(field.errors for field in self.fields)


PARTS = (
    (_("Who you are"), False, ("name", "kind", "cvr", "home", "registered_social_enterprise")),
    (_("In your own words"), False, ("what", "for_whom", "language")),
    (_("Themes, target groups and districts"), True, ("themes", "target_groups", "goals", "districts")),
    (_("Size and capacity"), True, ("employees", "capacity")),
    (_("Contact and address"), True, ("website", "email", "phone", "address", "postcode", "town")),
)


def _several(name: str, **options: Any) -> Any:
    """The form's field for a many-to-many field of an organisation."""
    return Organisation._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]


class OrganisationForm(ChoicesTogether, forms.ModelForm):  # type: ignore[type-arg]
    """All that an organisation says about itself; asked once, reused everywhere."""

    template_name = "organisations/form.html"
    many = ("themes", "target_groups", "goals", "districts")
    field_order = tuple(name for _title, _folded, names in PARTS for name in names)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    themes = _several("themes", form_class=TopicsField)
    target_groups = _several("target_groups", form_class=TopicsField)
    goals = _several("goals", form_class=TopicsField)
    districts = _several(
        "districts",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where are you to be found? Choose as many as fit."),
    )

    class Meta:
        model = Organisation
        fields = (
            "name", "kind", "cvr", "home", "what", "for_whom", "language", "employees", "capacity", "website",
            "email", "phone", "address", "postcode", "town", "registered_social_enterprise",
        )  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "language": forms.RadioSelect,
            "what": forms.Textarea(attrs={"rows": 5}),
            "for_whom": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "what": _("In a few sentences, as you would say it to a neighbour."),
            "email": _("Shown on your page. Leave it empty if people should only write to you here."),
        }

    def __init__(self, *args: Any, company: Company | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = Municipality.objects.all()  # type: ignore[attr-defined]
        self.fields["home"].empty_label = _("Choose a municipality")  # type: ignore[attr-defined]
        self.fields["kind"].choices = OrganisationKind.choices  # type: ignore[attr-defined]
        self.fields["districts"].queryset = District.objects.filter(municipality__open=True)  # type: ignore[attr-defined]
        self.fields["cvr"].required = False
        self.read_choices()
        if not self.read["districts"]:
            del self.fields["districts"]
        if company is not None:
            self.initial.update(prefilled(company))

    @property
    def parts(self) -> list[Part]:
        """The fields in the order of the page."""
        return [
            Part(title, [self[name] for name in names if name in self.fields], folded) for title, folded, names in PARTS
        ]

    def clean_cvr(self) -> str | None:
        return tidy_cvr(self.cleaned_data["cvr"] or "") or None

    def values(self) -> dict[str, Any]:
        """The cleaned values for an action, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def prefilled(company: Company) -> dict[str, Any]:
    """What the register knows, as the form's first values."""
    values: dict[str, Any] = {
        "cvr": company.cvr,
        "name": company.name,
        "address": company.address,
        "postcode": company.postcode,
        "town": company.town,
    }
    home = Municipality.objects.filter(code=company.municipality_code).first()
    return values | ({"home": home.pk} if home else {})


class InviteForm(forms.Form):
    """Ask a colleague to join the team."""

    email = forms.EmailField(label=_("E-mail address"))
    kind = forms.ChoiceField(
        label=_("Role"), choices=MembershipKind.choices, initial=MembershipKind.MEMBER, widget=forms.RadioSelect
    )


class ClaimForm(forms.Form):
    """Say why an organisation is yours."""

    ground = forms.CharField(
        label=_("Why is it yours?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For instance: I am its manager, and you can call our office."),
    )


def _in_two_years() -> Any:
    return clock.today() + timedelta(days=VERIFICATION_DAYS)


class VerificationForm(forms.Form):
    """The five criteria, as the municipality sees them today."""

    criteria = forms.MultipleChoiceField(
        label=_("Which criteria does it meet?"), choices=CRITERIA, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("What did you look at?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    valid_to = forms.DateField(label=_("Valid until"), initial=_in_two_years)

    def clean_valid_to(self) -> Any:
        day = self.cleaned_data["valid_to"]
        if day <= clock.today():
            raise forms.ValidationError(_("Choose a day in the future."))
        return day

    def values(self) -> dict[str, Any]:
        """The cleaned values for the action: criteria as a table of yes and no."""
        met = set(self.cleaned_data["criteria"])
        return {**self.cleaned_data, "criteria": {key: key in met for key, _label in CRITERIA}}
