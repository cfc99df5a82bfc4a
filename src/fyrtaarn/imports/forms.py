"""Forms of an import: the file, its columns, its faulty rows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.forms import UploadField
from fyrtaarn.foundation.importing import IMPORTERS, Importer

from .columns import Confidence, Guess
from .models import ImportRow, ImportRun

EXAMPLES = 3
LONGEST_EXAMPLE = 40
LONG_CELL = 80
DRAFTS, PUBLISH = "kladder", "offentliggoer"


class UploadForm(forms.Form):
    """Which file, of what, for which municipality."""

    kind = forms.ChoiceField(label=_("What does the file hold?"), widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), empty_label=None
    )
    file = UploadField(
        label=_("File"),
        accept=".xlsx,.csv,.txt",
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 10 MB and 5,000 rows, with headings on top."),
    )

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(importer.kind, importer.label) for importer in IMPORTERS.values()]
        places: Any = self.fields["municipality"]
        places.queryset = municipalities
        if len(municipalities) == 1:
            places.widget = forms.HiddenInput()
            places.initial = municipalities[0].pk


class ColumnsForm(forms.Form):
    """What each column holds; and whether the rows are published at once."""

    def __init__(
        self,
        *args: Any,
        importer: Importer,
        run: ImportRun,
        guesses: Sequence[Guess],
        rows: Sequence[ImportRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Leave out")), *((each.name, each.label) for each in importer.fields)]
        for column, (heading, guess) in enumerate(zip(run.columns, guesses, strict=True)):
            self.fields[f"column-{column}"] = forms.ChoiceField(
                label=heading or gettext("Column %(number)s, without a heading") % {"number": column + 1},
                choices=choices,
                required=False,
                initial=guess.field,
                help_text=_hint(guess, [row.cells[column] for row in rows]),
            )
        if importer.has_drafts:
            self.fields["publish"] = forms.ChoiceField(
                label=_("How are the rows imported?"),
                widget=forms.RadioSelect,
                choices=[
                    (DRAFTS, _("As drafts, which are published one by one")),
                    (PUBLISH, _("Published at once")),
                ],
                initial=PUBLISH if run.publish else DRAFTS,
                help_text=_("A column with the state counts for its row before this choice."),
            )

    all_optional = True  # "leave out" says it already

    @property
    def chosen(self) -> dict[int, str]:
        """Column number -> field name, "" for none."""
        named = ((name.partition("-"), value) for name, value in self.cleaned_data.items())
        return {int(number): value for (word, _dash, number), value in named if word == "column"}

    @property
    def publish(self) -> bool:
        return self.cleaned_data.get("publish") == PUBLISH


def _hint(guess: Guess, cells: Sequence[str]) -> str:
    examples = [cell[:LONGEST_EXAMPLE] for cell in dict.fromkeys(cells) if cell][:EXAMPLES]
    sure = Confidence(guess.confidence).label
    if not examples:
        return f"{sure}. " + gettext("The column is empty in the first rows.")
    return f"{sure}. " + gettext("For instance: %(examples)s") % {"examples": " · ".join(examples)}


class RowsForm(forms.Form):
    """The rows of one page of the preview: their faulty cells, and whether they are left out.

    Bound to what the cells hold now, each with its fault as the field's error. `rows` groups the fields for the page.
    """

    all_optional = True

    def __init__(
        self, importer: Importer, run: ImportRun, rows: Sequence[ImportRow], repeats: dict[tuple[int, str], int]
    ) -> None:
        values: dict[str, Any] = {}
        errors: list[tuple[str, str]] = []
        fields: dict[str, forms.Field] = {}
        self.grouped: list[tuple[ImportRow, list[str]]] = []
        for row in rows:
            names: list[str] = []
            for fault, is_error in [*((f, True) for f in row.faults), *((f, False) for f in row.warnings)]:
                column = run.mapping.get(fault["field"])
                message = gettext(fault["message"]) % fault["params"]
                label = str(importer.field(fault["field"]).label)
                if column is None:
                    errors.append((f"out-{row.number}", f"{label}: {message}"))
                    continue
                name = f"cell-{row.number}-{column}"
                if name not in fields:
                    names.append(name)
                    values[name] = row.cells[column]
                    fields[name] = _cell_field(label, row.cells[column], "" if is_error else message)
                    if (count := repeats.get((column, row.cells[column]), 1)) > 1 and is_error:
                        again = f"all-{row.number}-{column}"
                        names.append(again)
                        fields[again] = forms.BooleanField(
                            label=gettext("Write the same in all %(count)s rows with this text") % {"count": count},
                            required=False,
                        )
                if is_error:
                    errors.append((name, message))
            out = f"out-{row.number}"
            names.append(out)
            values[out] = row.left_out
            fields[out] = forms.BooleanField(label=_("Leave this row out"), required=False)
            self.grouped.append((row, names))
        super().__init__(values, auto_id="%s")
        self.fields.update(fields)
        self.full_clean()
        for name, message in errors:
            self.add_error(name, message)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each row with its number, a title and its bound fields."""
        return [
            {
                "number": row.number,
                "title": next((cell for cell in row.cells if cell), "")[:LONG_CELL],
                "left_out": row.left_out,
                "fields": [self[name] for name in names],
            }
            for row, names in self.grouped
        ]


def _cell_field(label: str, cell: str, hint: str) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3}) if len(cell) > LONG_CELL else forms.TextInput()
    return forms.CharField(label=label, required=False, widget=widget, help_text=hint)
