"""Forms whose draft may be incomplete."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField, BoundWidget

from fyrtaarn.foundation.choices import ChoicesTogether

LONGEST_TEXT = 5000
LONGEST_KEY = 36
CARRIED = ("version", "draft_key", "page_key")


@dataclass(frozen=True)
class TopicChoices:
    """The choices of one field of topics: `near` are chosen or suggested, `rest` are all others."""

    field: BoundField
    near: list[BoundWidget]
    rest: list[BoundWidget]


class DraftForm(ChoicesTogether, forms.ModelForm):  # type: ignore[type-arg]
    """Carries the version it was opened with, the key of its draft and one of the page itself.

    The page's key tells a page that saves twice, the second time before it heard of the first, from somebody else.

    `needed` fields are what publishing demands: a draft may lack them, and they are never called optional.
    """

    needed: tuple[str, ...] = ()
    use_required_attribute = False
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    draft_key = forms.CharField(widget=forms.HiddenInput, required=False)
    page_key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggested: Mapping[str, Collection[int]] = {}
        self.initial.update(version=self.instance.version, draft_key=self.instance.draft_key, page_key=uuid.uuid4())
        for name, field in self.fields.items():
            field.required = name in self.needed
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))

    @property
    def topics(self) -> list[TopicChoices]:
        """Themes, target groups and UN goals, those that are chosen or suggested first."""
        found = []
        for name in ("themes", "target_groups", "goals"):
            field = self[name]
            near = {str(key) for key in (*(field.value() or ()), *self.suggested.get(name, ()))}
            options = [(str(option.data["value"]) in near, option) for option in field]
            found.append(
                TopicChoices(field, [o for is_near, o in options if is_near], [o for n, o in options if not n])
            )
        return found

    @property
    def is_draft(self) -> bool:
        return bool(self.instance.state == "draft")

    def full_clean(self) -> None:
        """Demand what is needed only of what others can see."""
        if not self.is_draft:
            return super().full_clean()
        for name in self.needed:
            self.fields[name].required = False
        super().full_clean()
        for name in self.needed:
            self.fields[name].required = True
        return None

    def _post_clean(self) -> None:
        """The action writes to a locked row of its own; the instance here stays as it was opened."""
        opened = self.instance
        self.instance = type(opened)(**{f.attname: getattr(opened, f.attname) for f in opened._meta.concrete_fields})
        super()._post_clean()  # type: ignore[misc]
        self.instance = opened

    def clean_version(self) -> int:
        """The version; what is none is as a version that somebody has saved after."""
        version: str = self.cleaned_data["version"]
        return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0

    def clean_draft_key(self) -> uuid.UUID:
        """The key; what is none is as a form that was never sent before."""
        try:
            return uuid.UUID(self.cleaned_data["draft_key"])
        except ValueError:
            return uuid.uuid4()

    def clean_page_key(self) -> str:
        key: str = self.cleaned_data["page_key"]
        return key if len(key) <= LONGEST_KEY else ""

    def values(self) -> dict[str, Any]:
        """The cleaned values for an action."""
        return {name: value for name, value in self.cleaned_data.items() if name not in CARRIED}
