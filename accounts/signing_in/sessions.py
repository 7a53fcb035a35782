"""Sessions in a table of our own, each with its customer: listed, ended and erased with one query.

A session ends SESSION_IDLE_LIMIT after its last sign of life and SESSION_ABSOLUTE_LIMIT after signing in; those of
staff, who see everybody's data, by shorter limits of their own.
"""

import json
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import DatabaseError, Error, IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import Session
from accounts.signing_in.browser_names import client_of
from customers.models import Customer
from customers.privacy.fingerprints import addresses_in, fingerprints
from shopadmin.database_state import is_away, is_busy, is_read_only
from shopadmin.sign_in_records import SIGNED_IN_AT

TOUCHED_EVERY = timedelta(minutes=5)
CLIENT, STAFF = "client", "staff"


class SessionStore(DatabaseSessions):
    """Django's database sessions, with the customer beside each."""

    seen_at: datetime | None = None
    read_as: tuple[str, str] = ("", "")  # the key, and the data as they were read, encoded

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict) -> Session:
        # The row is written anew on every save: what must last comes from the data.
        session = super().create_model_instance(data)
        session.customer_id = data.get(SESSION_KEY)
        if signed_in_at := data.get(SIGNED_IN_AT):
            session.created_at = datetime.fromtimestamp(signed_in_at, UTC)
        session.seen_at = timezone.now()
        session.expire_date = min(session.expire_date, ends_at(session.seen_at, data))
        session.client = data.get(CLIENT, "")
        if session.customer_id is None:
            session.typed = fingerprints(sorted(_addresses(data) - self._stored_addresses()))
        return session

    def _stored_addresses(self) -> set[str]:
        """Those of which the fingerprints stand beside the row already: a session with a new key is a new row."""
        key, data = self.read_as
        return _addresses(self.decode(data)) if key == self.session_key else set()

    def save(self, must_create: bool = False) -> None:
        """Save; unlike Django's, without a transaction around a single statement that stands alone.

        UpdateError where the session was ended meanwhile, CreateError where the key is taken; a database that is away,
        busy or takes no changes is neither.
        """
        if self.session_key is None:
            self.create()
            return
        row = self.create_model_instance(self._get_session(no_load=must_create))
        try:
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                row.save(force_insert=must_create, force_update=not must_create)
        except IntegrityError as error:
            if must_create:
                raise CreateError from error
            raise
        except DatabaseError as error:
            if must_create or is_read_only(error) or is_away(error) or is_busy(error):
                raise
            raise UpdateError from error

    def _get_new_session_key(self) -> str:
        # `create` draws another one where it is taken: Django's asks beforehand too, which costs a query a cart.
        return get_random_string(32, VALID_KEY_CHARS)

    def touch(self) -> None:
        """Take note that the session is in use, at most every TOUCHED_EVERY; its data are not written.

        A database that takes no changes is no reason to show no page.
        """
        now = timezone.now()
        if self.seen_at and now - self.seen_at >= TOUCHED_EVERY:
            row = self.model.objects.filter(session_key=self.session_key)
            try:
                row.update(seen_at=now, expire_date=ends_at(now, self))
            except Error as error:
                if not is_read_only(error):
                    raise

    def _validate_session_key(self, key: str | None) -> bool:
        # What else a cookie may hold (a NUL byte) is no key, and nothing that PostgreSQL should be asked for.
        return bool(key) and len(key) == 32 and key.isascii() and key.isalnum()

    def _get_session_from_db(self) -> Session | None:
        session = super()._get_session_from_db()
        if session and is_too_old(session):
            self._session_key = None
            return None
        self.seen_at = session.seen_at if session else None
        self.read_as = (session.session_key, session.session_data) if session else ("", "")
        return session


def _addresses(data: dict) -> set[str]:
    return addresses_in(json.dumps(data, ensure_ascii=False))


def ends_at(seen_at: datetime, data: dict | SessionStore) -> datetime:
    """When a session with these data ends, if it is not used again."""
    is_staffs = data.get(STAFF, False)
    idle = settings.STAFF_SESSION_IDLE_LIMIT if is_staffs else settings.SESSION_IDLE_LIMIT
    absolute = settings.STAFF_SESSION_ABSOLUTE_LIMIT if is_staffs else settings.SESSION_ABSOLUTE_LIMIT
    signed_in_at = datetime.fromtimestamp(data.get(SIGNED_IN_AT, seen_at.timestamp()), UTC)
    return min(seen_at + timedelta(seconds=idle), signed_in_at + timedelta(seconds=absolute))


def is_too_old(session: Session) -> bool:
    """Whether it is longer ago than SESSION_ABSOLUTE_LIMIT that somebody signed in."""
    limit = timedelta(seconds=settings.SESSION_ABSOLUTE_LIMIT)
    return bool(session.created_at) and timezone.now() - session.created_at > limit


def begin(request: HttpRequest, customer: Customer) -> None:
    """Write down when and with what somebody signed in; called at every sign-in."""
    request.session[SIGNED_IN_AT] = timezone.now().timestamp()
    request.session[CLIENT] = client_of(request)
    request.session[STAFF] = customer.is_staff


def open_sessions(customer: Customer) -> QuerySet:
    """Where the customer is signed in now, the latest used first."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_ABSOLUTE_LIMIT)
    alive = customer.sessions.filter(expire_date__gt=timezone.now()).exclude(created_at__lt=oldest)
    return alive.order_by("-seen_at")


def reference_of(session_key: str) -> str:
    """A name for a session that may stand in a page; the key itself would open it."""
    return salted_hmac("accounts.signing_in.sessions", session_key, algorithm="sha256").hexdigest()[:20]


def end_sessions(customer: Customer, *, but: str | None = None) -> None:
    """Sign the customer out everywhere, save in the session with the key `but`."""
    customer.sessions.exclude(session_key=but or "").delete()
