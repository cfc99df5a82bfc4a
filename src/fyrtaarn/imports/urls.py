from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from . import views

app_name = "imports"
urlpatterns = [
    path("import/", views.start, name="start"),
    path(
        "<kommune:municipality>/administration/import/",
        RedirectView.as_view(url=reverse_lazy("imports:start"), http_method_names=("get", "head")),
        name="municipal-start",
    ),
    path("import/skabelon/<slug:kind>.xlsx", views.template, name="template"),
    path("import/<int:pk>/", views.run, name="run"),
    path("import/<int:pk>/kolonner/", views.columns, name="columns"),
    path("import/<int:pk>/ret/", views.mend, name="mend"),
    path("import/<int:pk>/udelad-fejl/", views.leave_out_faulty, name="leave-out-faulty"),
    path("import/<int:pk>/begynd/", views.begin, name="begin"),
    path("import/<int:pk>/fortryd/", views.undo, name="undo"),
    path("import/<int:pk>/kasser/", views.discard, name="discard"),
]
