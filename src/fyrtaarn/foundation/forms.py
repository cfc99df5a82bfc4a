"""Forms in the public design system's markup.

Any Django form is rendered with our templates: `{{ field.as_field_group }}` or `<c-field>` gives label, hint, error
and control; `<c-form>` gives the whole form. What a room needs besides Django's own fields is here.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .money import amount, kroner, oere_in

MOST_OERE = 10**12 - 1
"""Just below ten billion kroner: sums of many such amounts still fit the database."""


class DesignedField(BoundField):
    """A field of a form, with the design system's classes and the ids that tie hint and error to the control."""

    @property
    def kind(self) -> str:
        """Which markup the field template uses: checkbox, group or single."""
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "checkbox"
        return "group" if self.use_fieldset else "single"

    @cached_property
    def longest(self) -> int | None:
        """The most characters that a long text may have, for the counter below it; None where there is none."""
        return getattr(self.field, "max_length", None) if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def first_control(self) -> str:
        """The id of the control that a link in the error summary leads to."""
        is_choice_list = isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        return f"{self.auto_id}_0" if is_choice_list else self.auto_id

    @property
    def aria_describedby(self) -> str:
        if not self.auto_id or self.is_hidden:
            return ""
        parts = [("hint", self.help_text), ("error", self.errors), ("limit", self.longest)]
        return " ".join(f"{self.auto_id}-{part}" for part, present in parts if present)

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        control = widget or self.field.widget
        built["class"] = f"{control.attrs.get('class', '')} {_control_class(control)}".strip()
        return built


CONTROL_CLASSES = {
    "CheckboxInput": "form-checkbox",
    "CheckboxSelectMultiple": "form-checkbox",
    "RadioSelect": "form-radio",
    "Textarea": "form-input",
    "Select": "form-select",
    "SelectMultiple": "form-input",
    "FileInput": "form-file",
    "HiddenInput": "",
    "Input": "form-input",
}


def _control_class(widget: forms.Widget) -> str:
    """The design system's class for the widget, or for the nearest of its ancestors that has one."""
    names = (ancestor.__name__ for ancestor in type(widget).__mro__)
    return next((CONTROL_CLASSES[name] for name in names if name in CONTROL_CLASSES), "")


class Renderer(TemplatesSetting):
    """Render forms with the project's templates, so that they may use its components."""

    form_template_name = "foundation/forms/form.html"
    field_template_name = "foundation/forms/field.html"
    bound_field_class = DesignedField


class DateInput(forms.DateInput):
    """The browser's own date control, which shows and reads dates as the reader's language writes them."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A date picked in the browser's control; in a browser without one, typed as 24.12.2026 or 2026-12-24."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)


class DaysForm(forms.Form):
    """A form whose `last_day`, where both are given, does not come before its first, `starts`."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, last_day = cleaned.get("starts"), cleaned.get("last_day")
        if starts and last_day and last_day < starts:
            self.add_error("last_day", _("The last day comes before the first."))
        return cleaned


class KronerField(forms.Field):
    """An amount of money as people write it ("12.500", "12.500,50 kr."), and in English as well; `clean` gives øre.

    `least` and `most` are øre; without them an amount is above zero and below ten billion kroner.
    """

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write an amount in kroner, such as 12.500 or 12.500,50."),
        "least": _("The least amount is %(amount)s."),
        "most": _("The greatest amount is %(amount)s."),
    }

    def __init__(self, *, least: int = 1, most: int = MOST_OERE, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return amount(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        text = str(value).strip()
        if not text:
            return None
        try:
            return oere_in(text)
        except ValueError as fault:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from fault

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.least:
            raise forms.ValidationError(self.error_messages["least"], "least", {"amount": kroner(self.least)})
        if value > self.most:
            raise forms.ValidationError(self.error_messages["most"], "most", {"amount": kroner(self.most)})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except forms.ValidationError:
            return True


class SeveralFilesInput(forms.FileInput):
    """A plain file control that takes several files at once."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One or several uploaded files; what they may be is decided by `files.keep_file`.

    `clean` returns an UploadedFile or None; with `multiple` a list, empty where nothing was chosen.
    """

    def __init__(self, *, multiple: bool = False, accept: str = "", **kwargs: Any) -> None:
        self.multiple = multiple
        attrs = {"accept": accept} if accept else {}
        super().__init__(widget=SeveralFilesInput(attrs) if multiple else forms.FileInput(attrs), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not self.multiple:
            return super().clean(data, initial)
        uploads: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data] if data else []
        if not uploads:
            super().clean(None, initial)
            return []
        return [super(UploadField, self).clean(upload, initial) for upload in uploads]
