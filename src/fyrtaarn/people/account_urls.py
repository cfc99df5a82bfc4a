"""Some of allauth's pages in our own form; they stand before allauth's under the same names."""

from allauth.socialaccount.views import login_error
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from .views import saml, sign_in

urlpatterns = [
    path("oidc/<str:provider_id>/login/", sign_in.sign_in_with, name="openid_connect_login"),
    path("saml/<str:organization_slug>/login/", saml.sign_in, name="saml_login"),
    path("saml/<str:organization_slug>/acs/", saml.take_answer, name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", saml.finish, name="saml_finish_acs"),
    path("saml/<str:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    path("saml/<str:organization_slug>/sls/", saml.no_single_logout, name="saml_sls"),
    path("3rdparty/login/error/", login_not_required(login_error), name="socialaccount_login_error"),
    path("2fa/recovery-codes/", sign_in.recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/download/", sign_in.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sessions/", sign_in.sessions, name="usersessions_list"),
]
