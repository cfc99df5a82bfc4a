from django.urls import path

from . import views

app_name = "pitches"
PITCH = "min/pitch/<int:pk>/"
REVIEW = "min/pitch/kommentarer/<int:pk>/"

urlpatterns = [
    path("min/pitch/", views.mine, name="mine"),
    path("min/pitch/ny/", views.begin, name="begin"),
    path("min/pitch/version/<int:pk>/", views.version, name="version"),
    path("min/pitch/version/<int:pk>/tilbage/", views.go_back, name="go-back"),
    path(REVIEW, views.review, name="review"),
    path(f"{REVIEW}nej/", views.decline, name="decline"),
    path(f"{REVIEW}fortryd/", views.withdraw, name="withdraw"),
    path(PITCH, views.pitch, name="pitch"),
    path(f"{PITCH}skriv/<slug:step>/", views.step, name="step"),
    path(f"{PITCH}pitch.pdf", views.paper, name="paper"),
    path(f"{PITCH}vis/", views.show, name="show"),
    path(f"{PITCH}spoerg/", views.ask, name="ask"),
    path(f"{PITCH}<slug:act>/", views.act, name="act"),
]
