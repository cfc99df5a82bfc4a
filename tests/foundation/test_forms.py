"""Forms as people meet them: label, hint and error tied to the control, a summary on top, nothing lost."""

import re
from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from fyrtaarn.foundation.forms import DateField, UploadField


class Offer(forms.Form):
    title = forms.CharField(label="Title", help_text="One line")
    note = forms.CharField(label="Note", widget=forms.Textarea, max_length=50, required=False)
    price = forms.ChoiceField(label="Price", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    where = forms.MultipleChoiceField(
        label="Where", choices=[(str(n), f"Place {n}") for n in range(13)], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="Agree")

    def clean(self) -> None:
        raise forms.ValidationError("The parts do not fit together.")


def rendered(form: forms.Form) -> str:
    tag = '{% cotton form :form="form" action="/send/" submit="Send" /%}'
    return Template(tag).render(Context({"form": form}))


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_hint_and_error_are_tied_to_the_control() -> None:
    html = rendered(Offer({"title": ""}))
    described = re.search(r'<input type="text" name="title"[^>]*aria-describedby="([^"]+)"', html)
    assert described is not None
    assert described[1].split() == ["id_title-hint", "id_title-error"]
    assert {"id_title-hint", "id_title-error"} <= ids(html)
    assert 'aria-invalid="true"' in html


def test_every_link_of_the_summary_leads_to_a_control() -> None:
    html = rendered(Offer({}))
    links = re.findall(r'<a href="#([^"]+)"', html)
    assert links == ["id_title", "id_price_0", "id_where_0", "id_agree"]
    assert set(links) <= ids(html)
    assert "The parts do not fit together." in html


def test_a_form_without_faults_has_no_summary() -> None:
    assert "error-summary" not in rendered(Offer())


def test_what_was_typed_stands_in_the_form_again() -> None:
    html = rendered(Offer({"title": 'A "quoted" title', "price": "b", "where": ["3", "7"]}))
    assert 'value="A &quot;quoted&quot; title"' in html
    assert re.search(r'value="b"[^>]*checked', html)
    assert len(re.findall(r'name="where"[^>]*checked', html)) == 2


def test_only_what_may_be_left_out_is_called_optional() -> None:
    html = rendered(Offer())
    assert html.count("(valgfrit)") == 1
    assert re.search(r"Note<span[^>]*> \(valgfrit\)", html)


def test_choices_are_a_group_with_a_legend() -> None:
    html = rendered(Offer())
    assert re.search(r'<fieldset id="id_price"[^>]*>\s*<legend class="form-label">Price</legend>', html)
    assert html.count('<div class="many-choices"') == 1, "thirteen places are many, two prices are not"


def test_a_long_text_tells_how_long_it_may_be() -> None:
    html = rendered(Offer())
    assert 'data-longest="50"' in html
    assert "Højst 50 tegn" in html


@pytest.mark.parametrize("typed", ["2026-12-24", "24.12.2026", "24-12-2026", "24/12/2026"])
def test_dates_are_read_as_danes_write_them(typed: str) -> None:
    assert DateField().clean(typed) == date(2026, 12, 24)


def test_a_date_is_given_to_the_browser_as_it_wants_it() -> None:
    class WithDay(forms.Form):
        day = DateField(initial=date(2026, 12, 24))

    assert '<input type="date" name="day" value="2026-12-24"' in str(WithDay())


def uploads(**files: list[SimpleUploadedFile]) -> MultiValueDict[str, SimpleUploadedFile]:
    return MultiValueDict(files)


def test_several_files_in_one_field() -> None:
    class WithFiles(forms.Form):
        documents = UploadField(multiple=True, required=False)

    two = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    form = WithFiles({}, uploads(documents=two))
    assert form.is_valid()
    assert [upload.name for upload in form.cleaned_data["documents"]] == ["a.txt", "b.txt"]
    assert form.is_multipart()
    empty = WithFiles({}, uploads())
    assert empty.is_valid()
    assert empty.cleaned_data["documents"] == []


def test_one_file_and_a_missing_one() -> None:
    class WithFile(forms.Form):
        document = UploadField(accept=".pdf")

    assert 'accept=".pdf"' in str(WithFile())
    assert WithFile({}, uploads(document=[SimpleUploadedFile("a.txt", b"a")])).is_valid()
    assert "document" in WithFile({}, uploads()).errors
