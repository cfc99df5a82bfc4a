"""Forms in the public design system's markup."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Render fields and error lists with our own templates, found like any other template of a room."""

    form_template_name = "foundation/forms/form.html"
    field_template_name = "foundation/forms/field.html"
