from django.urls import path

from . import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("min/overblik/", views.overview, name="overview"),
    path("om/", views.about, name="about"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("was", views.accessibility_short, name="accessibility-short"),
    path("cookies/", views.cookies, name="cookies"),
    path("privatliv/", views.privacy, name="privacy"),
    path("sprog/", views.language, name="language"),
    path("komponenter/", views.components, name="components"),
    path("<kommune:municipality>/farve.css", views.accent, name="accent"),
    path("<kommune:municipality>/", views.municipal_home, name="municipal-home"),
]
