"""Every setting of the project, read from the environment (README lists the variables)."""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django.forms
import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from shopadmin import connection_urls
from shopadmin.log_settings import log_settings
from shopadmin.storage.areas import AREAS, areas

env = environ.Env()

# In a clone, templates, static files and catalogues stand at the top; a wheel carries them inside of the package.
PACKAGED = Path(__file__).resolve().parent / "packaged"
IS_INSTALLED = PACKAGED.is_dir()
BASE_DIR = PACKAGED if IS_INSTALLED else PACKAGED.parent.parent

# --- Where it runs ---------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
OWN_DATA = Path(env.str("XDG_DATA_HOME", "") or Path.home() / ".local" / "share", "shopadmin")
DATA_DIR = Path(env.str("DATA_DIR", "") or (OWN_DATA if IS_INSTALLED else BASE_DIR / "var"))
DATA_DIR.mkdir(parents=True, exist_ok=True)


def kept_key(name: str) -> str:
    """The key of an installation that sets none: made once, kept in DATA_DIR, readable by its owner only."""
    path = DATA_DIR / name
    if not path.exists():
        made = DATA_DIR / f"{name}-{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(get_random_secret_key())
        with suppress(FileExistsError):  # another process that starts just now was first
            os.link(made, path)
        made.unlink()
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or kept_key("secret-key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname
OVER_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST, "127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ROOT_URLCONF = "shopadmin.urls"
WSGI_APPLICATION = "shopadmin.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # HSTS preloading is the domain owner's decision, not ours

# --- What it is made of ----------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_countries",
    "phonenumber_field",
    "lucide",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "shopadmin",
    "customers",
    "orders",
    "accounts",
    # Behind ours: of two commands with one name, the first app's counts (createsuperuser).
    "django.contrib.auth",
]

MIDDLEWARE = [
    "shopadmin.request_ids.request_ids",
    "shopadmin.metrics.request_times.time_requests",
    # Before the one that redirects to https, so that the redirect carries every header too.
    "shopadmin.middleware.headers_of_every_answer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "shopadmin.heartbeat.watch_for_proxies",
    "shopadmin.health.health_checks",
    "shopadmin.rendering.static_files.StaticFilesMiddleware",
    "shopadmin.middleware.refuse_what_is_too_large",
    "shopadmin.middleware.refuse_nul_bytes",
    "shopadmin.middleware.strip_invisible_marks",
    "accounts.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shopadmin.middleware.take_large_files_of_staff_alone",
    "shopadmin.middleware.store_of_the_request",
    "shopadmin.middleware.language_of_the_request",
    "shopadmin.middleware.private_pages_are_not_stored",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "orders.setting_up.opening.OpeningMiddleware",
    "shopadmin.middleware.refused_methods_get_a_page",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.looking.look.refuse_forms_while_looking",
]

TEMPLATES = [
    {
        "NAME": "jinja",
        "BACKEND": "shopadmin.rendering.backend.Templates",
        # Django's form controls, where we have none of our own.
        "DIRS": [BASE_DIR / "templates", Path(django.forms.__file__).parent / "jinja2"],
        "OPTIONS": {
            "environment": "shopadmin.rendering.environment.environment",
            "cache_size": -1,
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "shopadmin.context_processors.page",
                "shopadmin.context_processors.store",
                "orders.context_processors.shop",
                "orders.context_processors.menu",
            ],
        },
    },
]
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database --------------------------------------------------------------------------------

DATABASES = {
    "default": connection_urls.database(env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'shopadmin.sqlite3'}")
}

# Whether lists on PostgreSQL are read by the planner (shopadmin/lists/planner/) or by the plain ORM, as on SQLite.
LIST_PLANNER = env.bool("LIST_PLANNER", default=True)

# Limits must be seen by every process: the database is the default, Redis one variable away.
CACHES = {"default": connection_urls.cache(env.str("CACHE_URL", "") or "dbcache://cache")}

# Background work: rows of the same database, enqueued in the transaction that asks for it.
# The register that VAT numbers are looked up in; empty: nowhere, as in demos and tests.
VIES_URL = env.str("VIES_URL", default="" if DEBUG else "https://ec.europa.eu/taxation_customs/vies/rest-api")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# After so long without a sign of life a worker is taken for dead, and what it had begun is begun again by others.
WORKER_SILENCE = timedelta(seconds=env.int("WORKER_SILENCE", default=30))

# --- People and signing in (accounts/ holds the rest) ------------------------------------------

AUTH_USER_MODEL = "customers.Customer"
AUTHENTICATION_BACKENDS = ["accounts.signing_in.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.signing_in.passwords.LengthValidator"},
    {"NAME": "accounts.signing_in.passwords.EasyToGuessValidator"},
    {"NAME": "accounts.signing_in.passwords.OwnWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60  # the longest; accounts/signing_in/password_tokens.py has the other
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_orders"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "accounts.signing_in.adapter.Adapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.signing_in.password_tokens.PasswordTokens"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Whether staff sign in with a second factor: an authenticator app or a passkey.
REQUIRE_STAFF_MFA = env.bool("REQUIRE_STAFF_MFA", default=not DEBUG)
# The domain that passkeys belong to; empty: the host of SITE_URL. It has to be the same, or a part of it further up.
WEBAUTHN_RP_ID = env.str("WEBAUTHN_RP_ID", default="")
MFA_ADAPTER = "accounts.signing_in.mfa_adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key alone, without PIN or finger, is one factor
MFA_TOTP_TOLERANCE = 1  # clocks of phones are up to half a minute off

RATE_LIMITS = env.bool("RATE_LIMITS", default=True)
# Those by account alone grow into a delay of hours; a known browser has a count of its own (signing_in/limits.py).
ACCOUNT_RATE_LIMITS = RATE_LIMITS and {
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_by_account": "10/5m/key,30/h/key,100/d/key",
    "reset_password": "20/m/ip,5/m/key,10/d/key",
    "request_login_code": "20/m/ip,3/m/key,20/d/key",
    # Two: a button pressed twice before the first answer comes back with no session in which a code is known.
    "confirm_email": "2/10s/key,20/d/key",
    "second_step": "10/m/ip,5/5m/key",
    "second_step_by_account": "10/5m/key,30/h/key,60/d/key",
    "second_step_wrong": "4/h/key",
    "second_step_mail": "1/h/key",
    "passkey_options": "60/m/ip",
    "order": "30/10m/ip,100/h/ip",
    "archive_link": "10/m/ip,60/h/ip,3/10m/key,10/d/key",
    "vat_check": "20/h/ip",
    "withdrawal": "10/m/ip,60/h/ip",
    "withdrawal_receipt": "5/h/key,10/d/key",
}

# --- Sessions and cookies ----------------------------------------------------------------------

SESSION_ENGINE = "accounts.signing_in.sessions"
SESSION_IDLE_LIMIT = 14 * 24 * 60 * 60
SESSION_ABSOLUTE_LIMIT = 60 * 24 * 60 * 60
STAFF_SESSION_IDLE_LIMIT = 2 * 60 * 60
STAFF_SESSION_ABSOLUTE_LIMIT = 12 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_LIMIT  # the row ends earlier when it is not used
COOKIE_PREFIX = "__Host-" if OVER_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = OVER_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "shopadmin.rendering.error_pages.csrf_failure"

# --- Headers -----------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = OVER_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"

# --- Limits on what is sent --------------------------------------------------------------------

BODY_MAX_SIZE = 5 * 1024 * 1024
# Of the pages that take files (shopadmin/middleware.py), and of staff alone
UPLOAD_MAX_SIZE = 200 * 1024 * 1024
PICTURE_MAX_SIZE = 20 * 1024 * 1024
PICTURES_MAX_SIZE = 8 * PICTURE_MAX_SIZE  # sent at once
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# --- Static files --------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()

# --- Files ---------------------------------------------------------------------------------------

# A bucket instead of folders of DATA_DIR, where web servers and workers run on several machines.
STORAGE_URL = env.str("STORAGE_URL", default="")
STORAGES = areas(STORAGE_URL) | {
    "staticfiles": {"BACKEND": "shopadmin.rendering.static_bundle.BundlingStorage"},
}
# While they come in; what a killed process left there, where files must have names, is swept.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "shopadmin.storage.uploads.NamelessFileUploadHandler",
]
with suppress(OSError):  # said by `check --deploy`
    for name in ("uploads", *AREAS):
        (DATA_DIR / name).mkdir(mode=0o700, exist_ok=True)

# --- Erasures --------------------------------------------------------------------------------------

# What a restored backup is erased by again. The key is not rotated: what was written with another cannot be read.
ERASURE_LOG = Path(env.str("ERASURE_LOG", "") or DATA_DIR / "erasures.log")
ERASURE_KEY = env.str("ERASURE_KEY", default="") or kept_key("erasure-key")

# --- Mail ----------------------------------------------------------------------------------------

if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
    if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":  # noqa: F821
        EMAIL_BACKEND = "shopadmin.mail.smtp.Backend"
else:
    EMAIL_BACKEND = "shopadmin.mail.files.MailFiles"
    EMAIL_FILE_PATH = str(DATA_DIR / "mails")
EMAIL_TIMEOUT = 20

# --- Languages and formats -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# It has a code that ISO leaves to its users, and that banks, carriers and other shops use.
COUNTRIES_OVERRIDE = {"XK": {"name": "Kosovo", "alpha3": "XKX"}}
LANGUAGES = [("en", _("English")), ("nl", _("Dutch")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"

# --- Log -------------------------------------------------------------------------------------------

LOGGING = log_settings()

# --- Metrics (`manage.py metrics`) -----------------------------------------------------------------

METRICS_HOST = env.str("METRICS_HOST", default="127.0.0.1")
METRICS_PORT = env.int("METRICS_PORT", default=0)  # none: `manage.py metrics` asks for it
