from django.urls import path

from . import views
from .ambassadors import views as ambassadors

app_name = "organisations"
urlpatterns = [
    path("min/organisationer/", views.mine, name="mine"),
    path("min/organisationer/ny/", views.start, name="start"),
    path("min/organisationer/ny/beskriv/", views.create, name="create"),
    path("min/organisationer/<slug:slug>/rediger/", views.edit, name="edit"),
    path("min/organisationer/<slug:slug>/hold/", views.team, name="team"),
    path("min/organisationer/<slug:slug>/hold/inviter/", views.invite, name="invite"),
    path(
        "min/organisationer/<slug:slug>/hold/invitation/<int:pk>/",
        views.withdraw_invitation,
        name="invitation-withdraw",
    ),
    path("min/organisationer/<slug:slug>/hold/<int:pk>/slut/", views.end_membership, name="member-end"),
    path("min/organisationer/<slug:slug>/hold/<int:pk>/rolle/", views.change_membership, name="member-change"),
    path("hold/<str:token>/", views.invitation, name="invitation"),
    path("organisationer/<slug:slug>/det-er-min/", views.claim, name="claim"),
    path("min/organisationer/ansoegning/<int:pk>/fortryd/", views.withdraw_claim, name="claim-withdraw"),
    path("<kommune:municipality>/administration/organisationer/", views.claims, name="claims"),
    path(
        "<kommune:municipality>/administration/organisationer/<int:pk>/afgoer/", views.decide_claim, name="claim-decide"
    ),
    path("<kommune:municipality>/administration/organisationer/<slug:slug>/godkendelse/", views.verify, name="verify"),
    path("min/ambassadoer/<int:pk>/", ambassadors.own, name="ambassador"),
    path("min/ambassadoer/<int:pk>/bekraeft/", ambassadors.confirm, name="ambassador-confirm"),
    path("min/ambassadoer/<int:pk>/<slug:step>/", ambassadors.step, name="ambassador-step"),
    path("<kommune:municipality>/administration/ambassadoerer/", ambassadors.ambassadors, name="ambassadors"),
    path(
        "<kommune:municipality>/administration/ambassadoerer/spoerg/<int:department>/",
        ambassadors.appoint,
        name="ambassador-appoint",
    ),
    path(
        "<kommune:municipality>/administration/ambassadoerer/<int:pk>/<slug:step>/",
        ambassadors.stop,
        name="ambassador-stop",
    ),
]
