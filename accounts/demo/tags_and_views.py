"""How the shop keeps its customers apart: tags, saved views, dated notes; and one who is there twice."""

from datetime import datetime, timedelta

from django.db.models import Q

from accounts.demo import clock
from customers.duplicates import look_alikes
from customers.history import acting
from customers.models import Customer, CustomerTag, Note, Segment, Tag

TAGS = [
    ("Vaste klant", Q(orders_count__gte=5)),
    ("Zakelijk", Q(customer_type=Customer.Type.BUSINESS)),
    ("Seizoensbrief", Q(marketing_consent=True, country="NL")),
]
VIEWS = [
    ("Zakelijk, op besteding", "type=business&sort=spent"),
    ("Vaste klanten in Duitsland", "country=DE&orders_min=3"),
]
# Days ago, and what somebody wrote down then.
NOTES = [
    (3, "Belde over een beschadigde schaal in het laatste pakket. Bij de volgende bestelling gaat een nieuwe mee."),
    (41, "Wil graag horen wanneer de eiken krukjes er weer zijn."),
    (160, "Haalt op zaterdag af bij de werkplaats; kent de weg naar de achterdeur."),
]


def sort_customers(manager: Customer, support: Customer, now: datetime) -> None:
    """Let the shop have looked after its customers for a while."""
    Segment.objects.bulk_create(Segment(name=name, query=query) for name, query in VIEWS)
    with clock.at(now - timedelta(days=60)), acting.merchant(manager, source="bulk"):
        for name, who in TAGS:
            put_on(Tag.objects.named(name), who)
    write_notes(support, now)
    come_twice(manager, now)


def put_on(tag: Tag, who: Q) -> None:
    """Give a tag to some of the customers."""
    customers = Customer.objects.filter(who, is_staff=False)
    CustomerTag.objects.bulk_create(CustomerTag(tag=tag, customer=customer) for customer in customers)


def write_notes(author: Customer, now: datetime) -> None:
    """What the shopper of the demo and the best customers said on the telephone."""
    best = Customer.objects.filter(is_staff=False).order_by("-spent", "pk")
    known = [Customer.objects.get(email="shopper@demo.test"), *best[:2]]
    Note.objects.bulk_create(
        Note(customer=customer, author=author, at=now - timedelta(days=days), text=text)
        for customer, (days, text) in zip(known, NOTES, strict=True)
    )


def come_twice(manager: Customer, now: datetime) -> None:
    """Somebody with a mobile phone was typed in a second time, under another address."""
    guests = Customer.objects.guests().filter(is_staff=False, country="NL").exclude(mobile="")
    first = guests.order_by("-orders_count", "pk")[0]
    with clock.at(now - timedelta(days=5)), acting.merchant(manager, source="backoffice"):
        again = Customer.objects.create(
            first_name=first.first_name,
            last_name=first.last_name,
            email=f"atelier.{first.email}",
            mobile=first.mobile,
            language=first.language,
            created_at=now - timedelta(days=5),
        )
    look_alikes.keep_look_alikes(again.pk)
