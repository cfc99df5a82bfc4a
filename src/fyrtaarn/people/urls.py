"""Roles, invitations, my profile and our own ways to sign in."""

from allauth.socialaccount.providers.openid_connect.views import callback
from django.urls import path

from fyrtaarn.foundation.middleware import writes_on_get

from .views import invitations, profile, roles, saml, sign_in

for returned in (callback, saml.finish):  # a provider returns to us with a GET, which signs the person in
    writes_on_get(returned)

app_name = "people"
START = "<kommune:municipality>/administration/roller/"
urlpatterns = [
    path("konto/personaer/", sign_in.personas, name="personas"),
    path("konto/personaer/<int:pk>/", sign_in.sign_in_as_persona, name="persona-sign-in"),
    path("konto/bekraeft/", sign_in.prove, name="prove"),
    path("konto/andet-trin/", sign_in.second_step, name="second-step"),
    path("demo/post/", sign_in.demo_mail, name="demo-mail"),
    path("min/profil/", profile.profile, name="profile"),
    path("min/profil/beskeder/", profile.choose_notices, name="notices-choose"),
    path("min/rolle/", profile.act_as, name="act-as"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/konto/", invitations.sign_up, name="invitation-sign-up"),
    path(START, roles.roles, name="roles"),
    path(f"{START}ny/", roles.add_person, name="role-new"),
    path(f"{START}<int:pk>/", roles.edit_role, name="role-edit"),
    path(f"{START}<int:pk>/afslut/", roles.end_role, name="role-end"),
    path(f"{START}invitationer/<int:pk>/send/", roles.resend_invitation, name="invitation-resend"),
    path(f"{START}invitationer/<int:pk>/traek/", roles.withdraw_invitation, name="invitation-withdraw"),
]
