from django.urls import path

from . import views

app_name = "effects"
urlpatterns = [
    path("effekt/", views.catalogue, name="catalogue"),
    path("effekt/<slug:key>/", views.indicator, name="indicator"),
    path("effekt/<slug:key>/<int:number>/", views.indicator, name="indicator-version"),
    path("<kommune:municipality>/effekt/", views.wanted, name="wanted"),
    path("<kommune:municipality>/administration/effekt/", views.choose_wanted, name="wanted-choose"),
]
