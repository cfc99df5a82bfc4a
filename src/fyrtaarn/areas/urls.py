"""The administrator's pages; all lie under the municipality's address."""

from django.urls import URLPattern, path

from . import views

app_name = "areas"
START = "<kommune:municipality>/administration/"


def pages_of(part: str, address: str) -> list[URLPattern]:
    """List, new and edit pages of one kind of area."""
    kind = {"part": part}
    return [
        path(f"{START}{address}/", views.listed, kind, name=part),
        path(f"{START}{address}/ny/", views.new, kind, name=f"{part}-new"),
        path(f"{START}{address}/<int:pk>/", views.edit, kind, name=f"{part}-edit"),
    ]


urlpatterns = [
    path(START, views.administration, name="administration"),
    path(f"{START}kommunen/", views.edit_municipality, name="municipality-edit"),
    *pages_of("departments", "forvaltninger"),
    path(f"{START}forvaltninger/<int:pk>/afslut/", views.end_department, name="departments-end"),
    *pages_of("districts", "bydele"),
    path(f"{START}bydele/<int:pk>/fjern/", views.remove, {"part": "districts"}, name="districts-remove"),
    *pages_of("local-bodies", "lokaludvalg"),
    path(f"{START}lokaludvalg/<int:pk>/fjern/", views.remove, {"part": "local-bodies"}, name="local-bodies-remove"),
]
