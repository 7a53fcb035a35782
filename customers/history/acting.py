"""Who acts, and from where: told to the database for a transaction, whose triggers write it into the history."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import transaction

from customers.models import Customer, HistoryContext
from customers.models.history import ActorKind

CONTEXT = HistoryContext._meta.db_table


@contextmanager
def acting(kind: ActorKind, *, by: Customer | None = None, source: str) -> Iterator[None]:
    """One transaction whose changes are written down as done by `by`, from `source` (a page, order or command)."""
    with transaction.atomic(), acting_to_the_end(kind, by=by, source=source):
        yield


@contextmanager
def acting_to_the_end(
    kind: ActorKind, *, by: Customer | None = None, source: str, adds: bool | None = None
) -> Iterator[None]:
    """The same for the rest of the caller's transaction, which an error in it must end.

    Where it `adds`, the one row `created` stands for all that new records hold, as in `adding`.
    """
    before = _tell(kind, by.pk if by else None, source, adds=adds)
    yield
    if not _ends_with_the_transaction():
        _tell(*before, adds=False if adds else None)


@contextmanager
def acting_meanwhile(kind: ActorKind, *, by: Customer | None = None, source: str) -> Iterator[None]:
    """The same for a part of the caller's own transaction, which an error in it must end."""
    before = _tell(kind, by.pk if by else None, source)
    yield
    _tell(*before)


def merchant(user: Customer, source: str = "backoffice") -> AbstractContextManager[None]:
    """What a member of staff does in the backoffice."""
    return acting(ActorKind.MERCHANT, by=user, source=source)


def shopper(customer: Customer | None, source: str = "account") -> AbstractContextManager[None]:
    """What a shopper does, signed in or (None) as a guest."""
    return acting(ActorKind.SHOPPER, by=customer, source=source)


def command(source: str) -> AbstractContextManager[None]:
    """What a `manage.py` command does."""
    return acting(ActorKind.COMMAND, source=source)


@contextmanager
def adding() -> Iterator[None]:
    """A part of a transaction that adds records with all they hold: the one row `created` of each stands for it.

    What is changed afterwards is told field by field, as ever. Only what belongs to new records may be written here.
    """
    _say_that_it_adds(True)
    yield
    _say_that_it_adds(False)


Context = tuple[str, int | None, str]
NOBODY: Context = ("", None, "")


def _ends_with_the_transaction() -> bool:
    """Whether what was told is forgotten where the innermost `atomic` ends: it is the transaction, of PostgreSQL."""
    connection = transaction.get_connection()
    return connection.vendor == "postgresql" and not connection.savepoint_ids


def _tell(kind: str, actor_id: int | None, source: str, *, adds: bool | None = None) -> Context:
    """Set who acts for the rest of the transaction, and whether they add records; who did until now."""
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            read_and_set = "SELECT current_setting('shopadmin.actor', true), set_config('shopadmin.actor', %s, true)"
            values = [f"{kind}/{actor_id or ''}/{source[:60]}"]
            if adds is not None:
                read_and_set += ", set_config('shopadmin.adding', %s, true)"
                values.append("1" if adds else "")
            cursor.execute(read_and_set, values)
            return _unpack(cursor.fetchone()[0])
        if adds is not None:
            _say_that_it_adds(adds)
        cursor.execute(f"SELECT actor_kind, actor_id, source FROM {CONTEXT} WHERE id = 1")
        before = cursor.fetchone() or NOBODY
        cursor.execute(f"REPLACE INTO {CONTEXT} VALUES (1, %s, %s, %s)", [kind, actor_id, source[:60]])
        return before


def _say_that_it_adds(adds: bool) -> None:
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('shopadmin.adding', %s, true)", ["1" if adds else ""])
        elif adds:
            cursor.execute(f"REPLACE INTO {CONTEXT} VALUES (2, 'adding', NULL, '')")
        else:
            cursor.execute(f"DELETE FROM {CONTEXT} WHERE id = 2")


def _unpack(setting: str | None) -> Context:
    if not setting:
        return NOBODY
    kind, actor_id, source = setting.split("/", 2)
    return kind, int(actor_id) if actor_id else None, source
