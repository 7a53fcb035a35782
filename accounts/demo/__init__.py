"""The demo shop: Veld & Vorm in Utrecht, two years old, with customers and orders of every kind."""

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.demo.catalogue import fill_catalogue
from accounts.demo.latest_orders import follow_orders
from accounts.demo.mails_and_documents import make_mails_and_documents
from accounts.demo.order_rows import Fates, Ledger
from accounts.demo.past_sign_ins import write_down_sign_ins
from accounts.demo.people import Person, Registry, date_history_back, save_people
from accounts.demo.purchases import Market
from accounts.demo.shop import employ_staff, open_shop
from accounts.demo.signins import sign_ins, staged
from accounts.demo.tags_and_views import sort_customers
from accounts.demo.waiting_work import pile_up
from customers.models import Customer
from orders.customer_hooks import totals
from orders.documents.numbering import FIRST_ORDER
from orders.models import Counter, Order, Product, VatCheck
from orders.vat.checks import fingerprint, number_abroad
from shopadmin.models import Mail, StoreSettings
from shopadmin.roles import Role

SEED = 1998


def holds_anything() -> bool:
    """Whether the database holds any customer, order, product or mail."""
    return any(model.objects.exists() for model in (Customer, Order, Product, Mail))


def is_filled() -> bool:
    """Whether this database is a demo shop already."""
    return Customer.objects.filter(email="owner@demo.test", role=Role.OWNER).exists()


@transaction.atomic
def fill() -> None:
    """Make the whole shop, the same one each time but for the dates: they end today."""
    dice, now = random.Random(SEED), timezone.now()
    store = open_shop()
    fill_catalogue()
    staff = employ_staff(now)
    people = fill_ledger(dice, now, store=store, clerk=staff[Role.SUPPORT])
    for person in people:
        totals.recount(person.customer)
    note_vat_numbers([person.customer for person in people if person.customer.is_business], now)
    date_history_back()
    write_down_sign_ins(now)
    make_mails_and_documents(now)
    sort_customers(staff[Role.MANAGER], staff[Role.SUPPORT], now)
    follow_orders(staff[Role.MANAGER], staff[Role.SUPPORT], now)
    pile_up(staff[Role.MANAGER], now)


def note_vat_numbers(businesses: list[Customer], now: datetime) -> None:
    """Note that the numbers of businesses abroad were found valid when they ordered."""
    numbers = {number_abroad(business.vat_number, str(business.country)) for business in businesses} - {""}
    lately = now - timedelta(hours=3)
    state = VatCheck.State.VALID
    VatCheck.objects.bulk_create(
        VatCheck(fingerprint=fingerprint(number), state=state, asked_at=lately, answered_at=lately)
        for number in sorted(numbers)
    )


def fill_ledger(dice: random.Random, now: datetime, *, store: StoreSettings, clerk: Customer) -> list[Person]:
    """Everybody who ever came, and whatever they ordered."""
    market, fates = Market(dice, now), Fates(dice, now)
    people = Registry(dice).people()
    entries = [(purchase, fates.of(purchase)) for purchase in market.purchases(people)]
    for person, scenes in sign_ins():
        entries += [staged(person, scene, now) for scene in scenes]
        people.append(person)
    entries.sort(key=lambda entry: entry[0].at)
    market.let_arrive(people, [purchase for purchase, _steps in entries])
    save_people(people)
    ledger = Ledger(dice, clerk)
    for number, (purchase, steps) in enumerate(entries, FIRST_ORDER):
        ledger.enter(purchase, steps, number=f"{store.order_prefix}{number}")
    ledger.save()
    Counter.objects.create(name="orders", value=FIRST_ORDER + len(entries) - 1)
    return people
