"""Django's settings, derived from the FYRTAARN_… environment variables."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from .database import django_database, own_address, user_in
from .environment import read_environment
from .providers import openid_connect, saml

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
DEMO = not ENVIRONMENT.production

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = (
    [urlsplit(ENVIRONMENT.public_url).hostname or ""]
    if ENVIRONMENT.production
    else ["127.0.0.1", "localhost", "[::1]", urlsplit(ENVIRONMENT.public_url).hostname or "", "testserver"]
)
ROOT_URLCONF = "fyrtaarn.config.urls"
WSGI_APPLICATION = "fyrtaarn.config.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PUBLIC_URL = ENVIRONMENT.public_url

ROOMS = [
    "fyrtaarn.foundation",
    "fyrtaarn.areas",
    "fyrtaarn.topics",
    "fyrtaarn.people",
    "fyrtaarn.replies",
    "fyrtaarn.organisations",
    "fyrtaarn.ledger",
    "fyrtaarn.vocabulary",
    "fyrtaarn.listings",
    "fyrtaarn.meetings",
    "fyrtaarn.agreements",
    "fyrtaarn.effects",
    "fyrtaarn.portal",
    "fyrtaarn.council",
    "fyrtaarn.entrance",
    "fyrtaarn.community",
    "fyrtaarn.fieldwork",
    "fyrtaarn.pitches",
    "fyrtaarn.ranking",
    "fyrtaarn.pools",
    "fyrtaarn.applications",
    "fyrtaarn.assessment",
    "fyrtaarn.grants",
    "fyrtaarn.imports",
    "fyrtaarn.backups",
    "fyrtaarn.privacy",
    "fyrtaarn.api",
    "fyrtaarn.demo",
    "fyrtaarn.site",
    "fyrtaarn.operations",
]

INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
]

MIDDLEWARE = [
    "fyrtaarn.operations.middleware.noted",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fyrtaarn.foundation.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fyrtaarn.config.health.probes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fyrtaarn.people.sessions.lifetime",
    "fyrtaarn.foundation.middleware.private_pages",
    "fyrtaarn.people.sessions.SignInRequired",
    "fyrtaarn.people.middleware.own_language",
    "fyrtaarn.people.second_step.SecondStepRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fyrtaarn.privacy.middleware.note_viewings",
    "fyrtaarn.foundation.middleware.history_context",
    "fyrtaarn.foundation.middleware.refusals",
    "fyrtaarn.foundation.middleware.AsReader",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fyrtaarn.site.context.page_frame",
                "fyrtaarn.people.context.acting",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "fyrtaarn.foundation.templatetags.fyrtaarn",
            ],
        },
    }
]
FORM_RENDERER = "fyrtaarn.foundation.forms.Renderer"

DATABASES = {"default": django_database(own_address(ENVIRONMENT))}
DATABASE_WEB_LOGIN = user_in(ENVIRONMENT.database_url)
DATABASE_WORKER_LOGIN = user_in(ENVIRONMENT.database_worker_url)
DATABASE_OWNER_URL = ENVIRONMENT.database_owner_url
if ENVIRONMENT.replica_url:
    # without patience: a replica that does not answer is passed over at once
    DATABASES["replica"] = django_database(ENVIRONMENT.replica_url, engine="django.db.backends.postgresql")

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "sprog"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
FORMAT_MODULE_PATH = "fyrtaarn.foundation.formats"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir / "static"
MEDIA_ROOT = ENVIRONMENT.data_dir / "files"
STORAGES = {
    "default": ENVIRONMENT.files_bucket.django_storage()
    if ENVIRONMENT.files_bucket
    else {"BACKEND": "fyrtaarn.foundation.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SCANNER = ENVIRONMENT.scanner
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Sign-in
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:overview"
LOGOUT_REDIRECT_URL = "site:home"
AUTHENTICATION_BACKENDS = ["fyrtaarn.people.reading.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "fyrtaarn.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FORM_CLASS = "fyrtaarn.people.signup.NameForm"
ACCOUNT_FORMS = {
    "login": "fyrtaarn.people.account_forms.LoginForm",
    "signup": "fyrtaarn.people.account_forms.SignupForm",
    "add_email": "fyrtaarn.people.account_forms.AddEmailForm",
    "change_password": "fyrtaarn.people.account_forms.ChangePasswordForm",
    "set_password": "fyrtaarn.people.account_forms.SetPasswordForm",
    "reset_password": "fyrtaarn.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "fyrtaarn.people.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "fyrtaarn.people.account_forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up; anywhere else one signs in first
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
SECOND_STEP = ENVIRONMENT.second_factor
PROOF_LASTS = timedelta(minutes=ENVIRONMENT.proof_minutes)
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # the adapter says when
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(ENVIRONMENT.public_url).scheme
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.production else 0  # limits count people, not the proxy in front
CACHES = {"default": {"BACKEND": "fyrtaarn.foundation.shared.SharedCache"}}  # attempts are counted in it
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # a whole municipality may sit behind one network address
    "login_failed": "5/5m/key",  # of one account from one network address, and codes of one account
    "login_failed_here": "60/m/ip",  # from one network address
    "login_failed_anywhere": "50/h/key",  # of one account
}
MFA_ADAPTER = "fyrtaarn.people.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "fyrtaarn.people.second_step_forms.AuthenticateForm",
    "reauthenticate": "fyrtaarn.people.second_step_forms.ReauthenticateForm",
    "activate_totp": "fyrtaarn.people.second_step_forms.ActivateTOTPForm",
    "add_webauthn": "fyrtaarn.people.second_step_forms.AddWebAuthnForm",
    "edit_webauthn": "fyrtaarn.people.second_step_forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fyrtårn"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
SOCIALACCOUNT_ADAPTER = "fyrtaarn.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
IDENTITY_PROVIDERS = (*ENVIRONMENT.oidc_providers, *ENVIRONMENT.saml_providers)
SOCIALACCOUNT_PROVIDERS = {
    **openid_connect(ENVIRONMENT.oidc_providers),
    **saml(ENVIRONMENT.saml_providers, ENVIRONMENT.saml_key, ENVIRONMENT.saml_certificate),
}

# Cookies and transport: only strictly necessary cookies, so no consent banner
_BOUND = "__Host-" if ENVIRONMENT.production else ""  # browsers take such a cookie by https from this host alone
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_BOUND}session", f"{_BOUND}csrftoken"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.production
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * ENVIRONMENT.idle_hours
LONGEST_SESSION = timedelta(days=14)
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_SSL_REDIRECT = False  # the proxy in front does this; it passes the scheme on
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.production else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.production else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]
CSRF_FAILURE_VIEW = "fyrtaarn.site.errors.csrf_failure"

# Mail: SMTP where it is set, otherwise files that the product shows in demo mode
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
REPLY_ADDRESS = ENVIRONMENT.reply_address
EMAIL_FILE_PATH = ENVIRONMENT.data_dir / "mail"
EMAIL_TIMEOUT = 20
if ENVIRONMENT.mail_url:
    _mail = urlsplit(ENVIRONMENT.mail_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or "localhost"
    EMAIL_PORT = _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = parse_qs(_mail.query).get("tls") == ["start"]
    EMAIL_USE_SSL = parse_qs(_mail.query).get("tls") == ["on"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

# Jobs live in each room's jobs.py
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING_CONFIG = None  # the command sets up structured logs
