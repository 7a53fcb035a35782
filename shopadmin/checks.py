"""What `manage.py check --deploy` refuses beyond Django's own checks."""

import re
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.files.storage import storages
from django.core.mail import get_connection
from django.db import Error as DatabaseError
from django.db import connection

from shopadmin.connection_settings import missing_settings
from shopadmin.database_state import missing_migrations, takes_changes
from shopadmin.mail.delivery import words_of
from shopadmin.mail.error_words import advice_on
from shopadmin.models import Host
from shopadmin.staff_log.triggers import TRIGGERS
from shopadmin.storage.kept import trouble as files_trouble

IP_ADDRESS = re.compile(r"[0-9.]+|.*:.*")
MAIL_SERVER_WITHIN = 5  # seconds
# What a store of files answers, by its own names.
REFUSALS = {
    "NoSuchBucket": "Create the bucket, or correct its name in STORAGE_URL.",
    "InvalidAccessKeyId": "Correct the key in STORAGE_URL.",
    "SignatureDoesNotMatch": "Correct the secret in STORAGE_URL: / is written %2F, + is written %2B.",
    "AccessDenied": "Let this key read, write, list and delete in the bucket.",
    "PermanentRedirect": "Add the region of the bucket to STORAGE_URL: ?region=…",
    "AuthorizationHeaderMalformed": "Add the region of the bucket to STORAGE_URL: ?region=…",
    "NoCredentialsError": "Put key and secret into STORAGE_URL, or give the machine a role.",
}
UNKNOWN_REFUSAL = "Check bucket, endpoint and region in STORAGE_URL, and whether this machine reaches the store."
OF_ONE_PROCESS = {"locmem.LocMemCache", "dummy.DummyCache"}


@register(Tags.security, deploy=True)
def limits_are_kept(**kwargs) -> list[CheckMessage]:
    """Without limits, passwords can be guessed and mailboxes flooded."""
    if settings.RATE_LIMITS:
        return []
    return [Error("RATE_LIMITS is 0, which is only for load tests.", hint="Unset RATE_LIMITS.", id="shopadmin.E001")]


@register(Tags.security, deploy=True)
def site_is_served_over_https(**kwargs) -> list[CheckMessage]:
    """Links in mails, cookies and HSTS all follow from SITE_URL."""
    if settings.OVER_HTTPS:
        return []
    hint = "Set SITE_URL to the address of the shop."
    return [Error("SITE_URL does not begin with https://.", hint=hint, id="shopadmin.E002")]


@register(Tags.security, deploy=True)
def staff_have_a_second_factor(**kwargs) -> list[CheckMessage]:
    """A stolen password alone must not open what a shop holds about people."""
    if settings.REQUIRE_STAFF_MFA:
        return []
    message = "REQUIRE_STAFF_MFA is 0: a password alone lets staff in."
    return [Error(message, hint="Unset REQUIRE_STAFF_MFA.", id="shopadmin.E007")]


@register(Tags.security, deploy=True)
def passkeys_belong_to_the_site(**kwargs) -> list[CheckMessage]:
    """Browsers use a passkey on its own domain and below it, and on no IP address."""
    host, domain = urlsplit(settings.SITE_URL).hostname, settings.WEBAUTHN_RP_ID
    if domain and domain != host and not (host.endswith(f".{domain}") and "." in domain):
        message = f"WEBAUTHN_RP_ID is {domain}, and the shop is on {host}: no passkey would work."
        hint = f"Unset WEBAUTHN_RP_ID, or set it to {host} or a domain above it."
        return [Error(message, hint=hint, id="shopadmin.E008")]
    if IP_ADDRESS.fullmatch(host):
        message = "SITE_URL has an IP address, on which no browser uses passkeys."
        return [Warning(message, hint="Give the shop a name.", id="shopadmin.W004")]
    return []


@register(Tags.security, deploy=True)
def mails_are_sent(**kwargs) -> list[CheckMessage]:
    """Without a mail server, nobody gets a confirmation, a code or a link."""
    if settings.EMAIL_BACKEND != "shopadmin.mail.files.MailFiles":
        return []
    message = f"No mail server is set: emails are written to {settings.EMAIL_FILE_PATH}."
    return [Error(message, hint="Set EMAIL_URL, such as smtp+tls://user:password@host:587.", id="shopadmin.E003")]


@register(Tags.security, deploy=True)
def cache_is_shared(**kwargs) -> list[CheckMessage]:
    """Limits that each process counts for itself are as many times wider, and end with the process."""
    backend = settings.CACHES["default"]["BACKEND"]
    if backend.removeprefix("django.core.cache.backends.") in OF_ONE_PROCESS:
        hint = "Unset CACHE_URL, which makes it a table of the database, or set it to redis://host:6379/0."
        return [Error("CACHE_URL names a cache that processes do not share.", hint=hint, id="shopadmin.E004")]
    if backend == "shopadmin.caches.RedisCache" and not find_spec("redis"):
        hint = "Install what requirements.lock names, or unset CACHE_URL."
        message = "CACHE_URL names a Redis, but the Python package `redis` is not installed."
        return [Error(message, hint=hint, id="shopadmin.E005")]
    if backend == "shopadmin.caches.RedisCache" and (trouble := cache.trouble()):
        said = "takes no changes" if trouble == "read-only" else "does not answer"
        message = f"The Redis of CACHE_URL {said}: limits are counted in the database meanwhile."
        return [Warning(message, hint="Check CACHE_URL, or start Redis.", id="shopadmin.W003")]
    return []


@register(Tags.security, deploy=True)
def staff_log_is_kept(**kwargs) -> list[CheckMessage]:
    """Find out whether the database refuses to change the staff log."""
    return TRIGGERS.check("The staff log could be changed", id="shopadmin.E009")


@register(Tags.security, deploy=True)
def mail_server_answers(**kwargs) -> list[CheckMessage]:
    """Sign in at the mail server, and send nothing."""
    try:
        server = get_connection(timeout=MAIL_SERVER_WITHIN)
        server.open()
        server.close()
    except (OSError, UnicodeError) as error:  # smtplib's errors are the former
        message = f"The mail server of EMAIL_URL takes nothing from us ({type(error).__name__})."
        hint = str(advice_on(words_of(error)) or "Check EMAIL_URL.")
        return [Warning(message, hint=hint, id="shopadmin.W005")]
    return []


@register(Tags.security, deploy=True)
def files_can_be_kept(**kwargs) -> list[CheckMessage]:
    """Invoices, pictures, imports and exports are files."""
    if settings.STORAGE_URL:
        return _bucket_takes_files()
    if not (trouble := files_trouble()):
        return []
    message = f"Files cannot be kept in DATA_DIR ({settings.DATA_DIR}: {trouble})."
    hint = "Make it writable for the user that runs web server and worker, or set DATA_DIR to another folder."
    return [Error(message, hint=hint, id="shopadmin.E010")]


def _bucket_takes_files() -> list[CheckMessage]:
    if not find_spec("storages") or not find_spec("boto3"):
        message = "STORAGE_URL names a bucket, but the Python packages django-storages and boto3 are not installed."
        hint = "Install what requirements-s3.lock names, or unset STORAGE_URL."
        return [Error(message, hint=hint, id="shopadmin.E012")]
    if not (refusal := storages["documents"].refusal()):
        return []
    message = f"Files cannot be kept in the bucket of STORAGE_URL: {refusal}."
    return [Error(message, hint=REFUSALS.get(refusal, UNKNOWN_REFUSAL), id="shopadmin.E013")]


@register(Tags.security, deploy=True)
def hosts_are_right(**kwargs) -> list[CheckMessage]:
    """What running processes have shown: where they run, and whether a proxy stands before them."""
    try:
        return (
            []
            if missing_migrations()
            else [
                *_database_takes_changes(),
                *_connections_have_settings(),
                *_sqlite_is_of_one_host(),
                *_proxies_are_known(),
            ]
        )
    except DatabaseError as error:
        message = f"The database does not answer ({type(error).__name__}), so checks that need it were skipped."
        return [Warning(message, hint="Check DATABASE_URL.", id="shopadmin.W002")]


def _database_takes_changes() -> list[CheckMessage]:
    if takes_changes():
        return []
    message = "The database takes no changes, as a standby or a file that can only be read."
    hint = "Set DATABASE_URL to the primary server, or make the file and its folder writable."
    return [Error(message, hint=hint, id="shopadmin.E011")]


def _connections_have_settings() -> list[CheckMessage]:
    if not (missing := missing_settings()):
        return []
    message = f"Connections to the database begin without settings of ours: {', '.join(missing)}."
    hint = "Run `manage.py migrate`, which writes them down. Then give a pooler the command RECONNECT, if there is one."
    return [Warning(message, hint=hint, id="shopadmin.W006")]


def _sqlite_is_of_one_host() -> list[CheckMessage]:
    names = [host.name for host in Host.objects.at_once()] if connection.vendor == "sqlite" else []
    if not names:
        return []
    message = f"The database is SQLite, and web server or worker run on several machines: {', '.join(names)}."
    return [Error(message, hint="Use PostgreSQL: DATABASE_URL=postgres://…", id="shopadmin.E006")]


def _proxies_are_known() -> list[CheckMessage]:
    # A warning only: anybody can send such a header.
    if settings.TRUSTED_PROXIES or not Host.objects.forwarded().exists():
        return []
    message = "Requests came with headers of a proxy (X-Forwarded-…), while TRUSTED_PROXIES is 0."
    hint = "If a proxy of yours stands in front, set TRUSTED_PROXIES=1: else all visitors share one limit."
    return [Warning(message, hint=hint, id="shopadmin.W001")]
