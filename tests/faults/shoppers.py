"""Eight shoppers on two hosts behind a pooler, while web and workers are killed, connections cut and mails refused.

`make test` has a twentieth of it. What was shown as done must be there once, and nothing half.
"""

import random
import subprocess
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from tests.faults.shopper import Shopper
from tests.faults.two_hosts import MERCHANT, STOCK, TwoHosts, two_hosts

ACTIONS, SHOPPERS = 500, 8
IN_A_HUNDRED = {"order": 42, "pay": 14, "sign_up": 18, "rename": 16, "delete": 6, "export": 4}


def run(folder: Path) -> None:
    """The whole of it."""
    walk(folder, ACTIONS)


def walk(folder: Path, actions: int) -> None:
    """So many actions, then the reckoning."""
    with two_hosts(folder) as shop, ThreadPoolExecutor(SHOPPERS) as crowd:
        trouble = threading.Thread(target=shop.make_trouble)
        trouble.start()
        deck = [name for name, share in IN_A_HUNDRED.items() for _nth in range(round(share * actions / 100))]
        random.Random(actions).shuffle(deck)
        try:
            lives = [crowd.submit(live, shop, number, deck) for number in range(SHOPPERS)]
            seen = [one.result() for one in lives]
        finally:
            shop.is_over.set()
            trouble.join()
        shop.settle()
        reckon(shop, Seen.of_all(seen))


@dataclass
class Seen:
    """What shoppers saw on their screens."""

    orders: list[tuple[str, str, str]] = field(default_factory=list)  # email, token, number
    names: dict[str, list[str]] = field(default_factory=dict)  # those that an account was given, by its email
    deleted: list[str] = field(default_factory=list)
    paid: list[str] = field(default_factory=list)  # numbers of orders
    errors: int = 0

    @classmethod
    def of_all(cls, seen: list["Seen"]) -> "Seen":
        together = cls()
        for one in seen:
            together.orders += one.orders
            together.names |= one.names
            together.deleted += one.deleted
            together.paid += one.paid
            together.errors += one.errors
        return together


def live(shop: "TwoHosts", number: int, deck: list[str]) -> Seen:
    """Guests, one after the other, the owner of an account now and then, or a merchant, until nothing is left to do."""
    seen, accounts = Seen(), {}
    merchant = Shopper(shop.ports, address=f"198.51.100.{number + 101}")
    merchant.sign_in_as_staff(MERCHANT)
    while True:
        try:
            action = deck.pop()
        except IndexError:
            return seen
        name, shopper = uuid4().hex[:12], Shopper(shop.ports, address=f"198.51.100.{number + 1}")
        email = f"{name}@post.example"
        if action == "pay" and shop.to_pay:
            token, order = shop.to_pay.popleft()
            merchant.enter_payment(order)
            assert shopper.invoice(token).startswith("%PDF"), f"the invoice of {order} is no PDF"
            seen.paid.append(order)
        elif action in {"order", "pay"}:
            placed = shopper.order(shop.product, shop.delivery, email)
            seen.orders.append((email, *placed))
            shop.to_pay.append(placed)
        elif action == "export":
            merchant.export_registered()
        elif action == "sign_up" or not accounts:
            shopper.sign_up(email, shop.code_for)
            accounts[email], seen.names[email] = shopper, []
        elif action == "rename":
            email, shopper = random.choice([*accounts.items()])
            shopper.rename(name)
            seen.names[email].append(name)
        else:
            email, shopper = accounts.popitem()
            shopper.delete_account()
            seen.deleted.append(email)
        seen.errors, shopper.errors = seen.errors + shopper.errors, 0


def reckon(shop: TwoHosts, seen: Seen) -> None:
    """Whether all that was seen is there, once, and nothing besides is half done."""
    assert min(shop.befallen.values(), default=0) or len(seen.orders) < 50, f"too quiet: {shop.befallen}"
    _orders(shop, seen)
    _customers(shop, seen)
    _mails(shop, seen)
    _invoices(shop, seen)
    _erased(shop, seen)
    shop.hosts[0].manage("recount_customers", "--check")


def _orders(shop: TwoHosts, seen: Seen) -> None:
    kept = shop.ask("SELECT email, token, number FROM orders_order ORDER BY number")
    assert Counter(kept) == Counter(seen.orders), "orders on screen and in the database differ"
    half = """SELECT number FROM orders_order o WHERE payment_state = 'unpaid' AND (
        (SELECT count(*) FROM orders_orderline WHERE order_id = o.id) <> 1
        OR (SELECT count(*) FROM orders_orderaddress WHERE order_id = o.id) <> 1
        OR (SELECT array_agg(kind ORDER BY id) FROM orders_orderevent WHERE order_id = o.id)
            <> ARRAY['placed', 'mail', 'mail']::varchar[])"""
    assert shop.ask(half) == [], "half an order"
    numbers = [int(number.removeprefix("W")) for _email, _token, number in kept]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), "order numbers have a gap"
    [[left]] = shop.ask("SELECT stock FROM orders_product WHERE slug = %s", shop.product)
    [[ordered]] = shop.ask("SELECT coalesce(sum(quantity), 0) FROM orders_orderline")
    assert left + ordered == STOCK, "stock does not add up"


def _customers(shop: TwoHosts, seen: Seen) -> None:
    kept = dict(shop.ask("SELECT email, first_name FROM customers_customer WHERE is_shopper"))
    alive = seen.names.keys() - set(seen.deleted)
    assert kept.keys() == alive | {email for email, *_rest in seen.orders}, "one customer an address"
    for email in alive:
        names = shop.ask(
            """SELECT new FROM customers_historyentry JOIN customers_customer c ON c.id = customer_id
            WHERE email = %s AND field = 'first_name' ORDER BY customers_historyentry.id""",
            email,
        )
        assert [new for (new,) in names] == seen.names[email], "a change is missing in the history, or twice there"
        assert kept[email] == ["Nina", *seen.names[email]][-1], "a change is lost"
    created = "SELECT count(*) FROM customers_historyentry WHERE customer_id = c.id AND field = 'created'"
    assert shop.ask(f"SELECT id FROM customers_customer c WHERE is_shopper AND ({created}) <> 1") == []


def _mails(shop: TwoHosts, seen: Seen) -> None:
    kept = shop.ask("SELECT message_id, state FROM shopadmin_mail")
    assert {state for _id, state in kept} == {"sent"}, Counter(state for _id, state in kept)
    arrived = Counter(mail["Message-ID"] for mail in shop.mails.taken)
    assert {message for message, _state in kept} <= arrived.keys(), "a mail was not delivered"
    doubles = sum(times - 1 for times in arrived.values())
    assert doubles <= shop.befallen["kill_a_worker"], f"{doubles} mails too many"
    ordered = Counter(to for (to,) in shop.ask('SELECT "to" FROM shopadmin_mail WHERE name = %s', "order_placed"))
    assert ordered == Counter(email for email, *_rest in seen.orders), "an order without its mail, or with two"
    told = {mail["To"] for mail in shop.mails.taken if "delete" in mail["Subject"].lower()}
    assert set(seen.deleted) <= told, "somebody was not told of the erasure"


def _invoices(shop: TwoHosts, seen: Seen) -> None:
    """One of each order that was paid, mailed, in the bucket to the letter, without a gap."""
    kept = shop.ask(
        "SELECT d.number, o.number, sha256 FROM orders_document d JOIN orders_order o ON o.id = order_id ORDER BY 1"
    )
    assert sorted(order for _number, order, _sha in kept) == sorted(seen.paid), "paid and invoiced orders differ"
    numbers = [int(number[-5:]) for number, _order, _sha in kept]
    assert numbers == list(range(1, len(numbers) + 1)), "invoice numbers have a gap"
    stored = {sha256(content).hexdigest() for content in shop.bucket.objects().values()}
    assert {sha for _number, _order, sha in kept} <= stored, "an invoice is not in the bucket"
    [[payments]] = shop.ask("SELECT count(*) FROM orders_payment")
    assert payments == len(seen.paid), "a payment was entered twice"
    attached = [mail for mail in shop.mails.taken if any(mail.iter_attachments())]
    assert len({mail["Message-ID"] for mail in attached}) == len(kept), "an invoice was not mailed"


def _erased(shop: TwoHosts, seen: Seen) -> None:
    """Nothing of who deleted the account: in a dump of the database, in exports, in files of the hosts."""
    dump = subprocess.run(["pg_dump", shop.database.direct], capture_output=True, check=True).stdout
    files = [path for host in shop.hosts for path in host.folder.rglob("*") if path.is_file()]
    assert files, "the hosts have no files"
    assert shop.ask("SELECT id, state FROM customers_bulkaction WHERE state <> 'done'") == [], "an export is not done"
    contents = {"the database": dump, **{str(path): path.read_bytes() for path in files}, **shop.bucket.objects()}
    for where, content in contents.items():
        left = [name for name in seen.deleted if name.partition("@")[0].encode() in content]
        assert not left, f"{where} still knows {left}"
