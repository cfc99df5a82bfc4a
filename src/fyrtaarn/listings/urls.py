from django.urls import path

from . import views
from .pages import CHALLENGES, EVERYTHING, ORGANISATIONS, SOLUTIONS

app_name = "listings"
urlpatterns = [
    path("udfordringer/", views.overview, {"overview": CHALLENGES}, name="challenges"),
    path("loesninger/", views.overview, {"overview": SOLUTIONS}, name="solutions"),
    path("organisationer/", views.overview, {"overview": ORGANISATIONS}, name="organisations"),
    path("soeg/", views.overview, {"overview": EVERYTHING}, name="search"),
    path("soeg/forslag/", views.suggestions, name="suggestions"),
    path("min/soegninger/", views.saved_searches, name="saved-searches"),
    path("min/soegninger/gem/<slug:overview>/", views.save_search, name="save-search"),
    path("min/soegninger/<int:pk>/", views.change_search, name="change-search"),
    path("min/soegninger/<int:pk>/slet/", views.delete_search, name="delete-search"),
    path(
        "<kommune:municipality>/udfordringer/",
        views.municipal_overview,
        {"overview": CHALLENGES},
        name="municipal-challenges",
    ),
    path(
        "<kommune:municipality>/loesninger/",
        views.municipal_overview,
        {"overview": SOLUTIONS},
        name="municipal-solutions",
    ),
    path(
        "<kommune:municipality>/organisationer/",
        views.municipal_overview,
        {"overview": ORGANISATIONS},
        name="municipal-organisations",
    ),
    path("<kommune:municipality>/soeg/", views.municipal_overview, {"overview": EVERYTHING}, name="municipal-search"),
]
