"""A shop in which several people have left something in every field and flow."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Self

from django.core.management import call_command
from django.db import transaction
from django.test import Client

from customers.models import BulkAction
from customers.tasks import run_bulk_action
from shopadmin.models import StoreSettings
from shopadmin.roles import Role
from tests.people import member_of_staff
from tests.privacy import filling_account, filling_orders, filling_work
from tests.privacy.people import ERASED, OTHERS, OTTO, Person
from tests.privacy.walking import Texts, everything


@dataclass
class FilledShop:
    """A shop with something of several people everywhere: its files, its log so far, and everybody's browser."""

    folder: Path
    log: StringIO
    staff: Client
    browsers: dict[Person, Client]

    def with_other_browsers(self) -> Self:
        """The same, in browsers that are signed in as these are: what happens in them does not happen in these."""
        browsers = {person: copy_of(browser) for person, browser in self.browsers.items()}
        return replace(self, staff=copy_of(self.staff), browsers=browsers)

    def texts(self) -> Texts:
        """Everything that is kept anywhere."""
        return everything(Path(self.folder), log=self.log.getvalue())

    def command(self, *words: str) -> None:
        """Run a command, as somebody at a terminal does."""
        call_command(*words, stdout=StringIO())

    def carry_out(self, action: BulkAction) -> None:
        """Only this: a worker would do all that waits, for others too."""
        run_bulk_action.call(action.pk)

    @property
    def erasure_logs(self) -> list[Path]:
        """Where it is written down who was erased, one a host."""
        return [self.folder / "erasures.log"]

    @contextmanager
    def restored_afterwards(self) -> Iterator[None]:
        """A backup from before is restored, with its files; what survives is ERASURE_LOG alone."""
        [log] = self.erasure_logs
        with rolled_back():
            yield
            survives = log.read_bytes()
        log.write_bytes(survives)


def copy_of(browser: Client) -> Client:
    copied = Client()
    copied.cookies.load(browser.cookies.output(header="", sep=";"))
    return copied


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction of which nothing is left."""
    whole = transaction.atomic()
    whole._from_testcase = True  # so that Django lets a transaction that must be the outermost begin inside of it
    with whole:
        yield
        transaction.set_rollback(True)


def open_shop() -> Client:
    """A Dutch shop and a browser of its owner."""
    store = StoreSettings.current()
    store.languages, store.contact_email = ["en", "nl", "de"], "shop@shop.example"
    store.notification_email = "merchant@shop.example"
    store.save()
    staff = Client()
    staff.force_login(member_of_staff("mara@shop.example", "Mara", Role.OWNER))
    return staff


def fill(
    staff: Client,
    folder: Path,
    *,
    erased: Sequence[Person] = ERASED,
    workers: Callable[[], AbstractContextManager] = nullcontext,
) -> dict[Person, Client]:
    """Fill the shop, from a folder of the merchant's too; returns the browser in which each person is signed in.

    `workers` are those of a shop that has some: they are at work for a while, and away when something has to fail.
    """
    browsers = {person: filling_account.account_of(person) for person in (*erased, *OTHERS)}
    for person, browser in browsers.items():
        filling_account.fill_in_backoffice(staff, person)
        filling_orders.orders_of(person, browser, staff)
    for person in (*erased, OTTO):
        filling_work.merge_records(staff, person)
    with workers():
        filling_work.bring_files(staff, erased)
        filling_work.bring_files_by_command(folder, erased)
        filling_work.act_in_bulk(staff, erased)
    filling_work.fail_at_work(staff, erased)
    filling_work.let_the_worker_work()
    for person in erased:
        filling_work.look_alike(person)
    for person in browsers:
        filling_account.leave_things_undone(person)
    filling_work.fail_to_deliver()
    filling_work.leave_exports_waiting(staff, erased)
    filling_work.leave_shipments_waiting(staff)
    for person in browsers:
        filling_account.fail_to_sign_in(person)
    return browsers
