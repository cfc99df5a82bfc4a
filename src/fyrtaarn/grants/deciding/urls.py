from django.urls import path

from . import own_views, views

PLACE = "<kommune:municipality>/afgoerelser/"
DECISION = f"{PLACE}<int:pk>/"
OWN = "min/afgoerelser/<int:pk>/"

app_name = "decisions"
urlpatterns = [
    path(OWN, own_views.own, name="own"),
    path(f"{OWN}klage/", own_views.complain, name="complain"),
    path(f"{OWN}klage/<int:complaint>/fortryd/", own_views.withdraw, name="complaint-withdraw"),
    path("min/partshoering/<int:pk>/", own_views.hearing, name="hearing"),
    path(PLACE, views.decisions, name="decisions"),
    path(f"{PLACE}ansoegning/<int:pk>/ny/", views.new, name="new"),
    path(DECISION, views.decision, name="decision"),
    path(f"{DECISION}rediger/", views.edit, name="edit"),
    path(f"{DECISION}hoer/", views.hear, name="hear"),
    path(f"{DECISION}foreslaa/", views.propose, name="propose"),
    path(f"{DECISION}tilbage/", views.take_back, name="take-back"),
    path(f"{DECISION}ja/", views.say_yes, name="yes"),
    path(f"{DECISION}klage/<int:complaint>/", views.answer_complaint, name="complaint-answer"),
]
