"""Forms by which the municipality asks and the team answers."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField, UploadField

LONGEST = 3000
USUAL_DAYS = timedelta(days=7)


class AskForm(forms.Form):
    """A question, and by when."""

    text = forms.CharField(
        label=_("What do you want to know?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    due = DateField(label=_("Answer by"), required=False, initial=lambda: clock.today() + USUAL_DAYS)


class ReturnForm(forms.Form):
    """What is to be mended, and by when."""

    text = forms.CharField(
        label=_("What is to be mended?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The team reads this. Write it so that they know what to do."),
    )
    due = DateField(label=_("Sent again by"), initial=lambda: clock.today() + USUAL_DAYS)


class AnswerForm(forms.Form):
    """The answer to a question."""

    text = forms.CharField(label=_("Your answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class FilesForm(forms.Form):
    """Files that show what the application says."""

    uploads = UploadField(label=_("Files"), multiple=True, help_text=_("For instance a letter of support or accounts."))
