"""Bring the orders that exist up to date: refunds, credit notes, term and status, and what customers spent."""

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Round

ZERO = Value(Decimal("0.00"), DecimalField(max_digits=14, decimal_places=2))
OVER, AWAITED = ["cancelled", "withdrawn"], ["unpaid", "partly_paid"]
BATCH = 1_000


def _rounded(amount):
    """To the cent: SQLite adds floating-point numbers."""
    return Round(amount, precision=2, output_field=DecimalField(max_digits=14, decimal_places=2))


def _sum(rows, expression):
    return _rounded(Coalesce(Subquery(rows.order_by().values("order").annotate(sum=expression).values("sum")), ZERO))


def add_up_refunds_and_credit_notes(apps, schema_editor):
    Order, Payment, Document = (apps.get_model("orders", name) for name in ("Order", "Payment", "Document"))
    refunds = Payment.objects.filter(order=OuterRef("pk"), amount__lt=0)
    Order.objects.filter(Exists(refunds)).update(refunded=_sum(refunds, -Sum("amount")))
    notes = Document.objects.filter(order=OuterRef("pk"), kind="credit_note")
    invoices = Document.objects.filter(order=OuterRef("pk"), kind="invoice")
    first = invoices.order_by("issued_at", "id").values("total")[:1]
    again = _sum(invoices, Sum("total")) - Coalesce(Subquery(first), ZERO)
    credited = _rounded(Greatest(_sum(notes, Sum("total")) - again, ZERO))
    Order.objects.filter(Exists(notes)).update(credited=credited)


def work_out_statuses(apps, schema_editor):
    due = _rounded(F("total") - F("credited"))
    status = Case(
        When(refunded__gt=0, paid__lte=0, total__gt=0, then=Value("refunded")),
        When(refunded__gt=0, paid__lt=F("total"), then=Value("partly_refunded")),
        When(Q(paid__lte=0) & (Q(state__in=OVER) | Q(credited__gte=F("total"))), then=Value("no_payment_due")),
        When(Q(state__in=OVER) | Q(paid__gte=due), then=Value("paid")),
        When(paid__gt=0, then=Value("partly_paid")),
        default=Value("unpaid"),
    )
    orders = apps.get_model("orders", "Order").objects.annotate(worked_out=status)
    orders.exclude(payment_state=F("worked_out")).update(payment_state=F("worked_out"))


def set_terms(apps, schema_editor):
    """Of the orders that are not paid: from the invoice that stands, else from the day it was placed, in advance."""
    Order, Document = apps.get_model("orders", "Order"), apps.get_model("orders", "Document")
    store = apps.get_model("shopadmin", "StoreSettings").objects.first()
    zone, days = (ZoneInfo(store.time_zone), store.payment_days) if store else (ZoneInfo("Europe/Amsterdam"), 14)
    standing = Document.objects.filter(kind="invoice", credit_notes=None, order__payment_state__in=AWAITED)
    issued = {order: content for order, content in standing.order_by("id").values_list("order", "content")}
    unpaid, changed = Order.objects.filter(payment_state__in=AWAITED, pay_by=None), []
    for order in unpaid.only("pk", "placed_at", "payment_method").iterator(BATCH):
        if content := issued.get(order.pk):
            order.pay_by = date.fromisoformat(content["issued"]) + timedelta(days=content["payment"]["days"])
        elif order.payment_method == "bank_transfer":
            order.pay_by = order.placed_at.astimezone(zone).date() + timedelta(days=days)
        changed.append(order)
    Order.objects.bulk_update(changed, ["pay_by"], batch_size=BATCH)


def take_refunds_off_what_was_spent(apps, schema_editor):
    Order, Customer = apps.get_model("orders", "Order"), apps.get_model("customers", "Customer")
    orders = Order.objects.filter(customer=OuterRef("pk")).exclude(state__in=OVER).order_by().values("customer")
    spent = orders.annotate(sum=Sum(Greatest(F("total") - F("refunded"), F("paid")))).values("sum")
    refunded = Order.objects.filter(customer=OuterRef("pk"), refunded__gt=0)
    Customer.objects.filter(Exists(refunded)).update(spent=_rounded(Coalesce(Subquery(spent), ZERO)))


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_payment_status"),
        ("customers", "0011_erased_during_import"),
        ("shopadmin", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(add_up_refunds_and_credit_notes, migrations.RunPython.noop),
        migrations.RunPython(work_out_statuses, migrations.RunPython.noop),
        migrations.RunPython(set_terms, migrations.RunPython.noop),
        migrations.RunPython(take_refunds_off_what_was_spent, migrations.RunPython.noop),
    ]
