"""The bare order: one transaction that inserts the rows which an order of the product was, and nothing else."""

import secrets
import uuid
from collections.abc import Iterator
from functools import cache

from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from customers.models import Address, Customer
from orders.models import Order, OrderAddress, OrderEvent, OrderLine
from shopadmin.models import Mail

STOCK = "UPDATE orders_product SET stock = stock - 1 WHERE id = %s"
NUMBER = "UPDATE orders_counter SET value = value + 1 WHERE name = 'orders' RETURNING value"


@csrf_exempt
def bare_order(request: HttpRequest) -> HttpResponse:
    """Insert the rows of an order (`like` is its token) once more, for another guest."""
    rows = rows_like(request.GET["like"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STOCK, [rows[OrderLine][0]["product_id"]])
        cursor.execute(NUMBER)
        number = f"B{cursor.fetchone()[0]}"
        customer = _insert(cursor, Customer, rows[Customer][0] | {"email": f"{secrets.token_hex(8)}@bare.example"})
        for row in rows[Address]:
            _insert(cursor, Address, row | {"customer_id": customer})
        keys = {"number": number, "key": uuid.uuid4(), "token": secrets.token_urlsafe(24), "customer_id": customer}
        order = _insert(cursor, Order, rows[Order][0] | keys)
        for model in (OrderLine, OrderAddress, OrderEvent):
            for row in rows[model]:
                _insert(cursor, model, row | {"order_id": order})
        for row in rows[Mail]:
            _insert(cursor, Mail, row | {"customer_id": customer})
    return HttpResponse(number)


@cache
def rows_like(token: str) -> dict[type[models.Model], list[dict]]:
    """The rows of one order, by table."""
    order = Order.objects.values_list("pk", "customer").get(token=token)
    wanted = {Customer: ("id", order[1]), Address: ("customer_id", order[1]), Mail: ("customer_id", order[1])}
    wanted |= {Order: ("id", order[0])} | dict.fromkeys((OrderLine, OrderAddress, OrderEvent), ("order_id", order[0]))
    return {model: [*_rows(model, *where)] for model, where in wanted.items()}


def _rows(model: type[models.Model], column: str, value: int) -> Iterator[dict]:
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_quoted(columns)} FROM {model._meta.db_table} WHERE {column} = %s", [value])
        yield from (dict(zip(columns, row, strict=True)) for row in cursor.fetchall())


def _insert(cursor, model: type[models.Model], row: dict) -> int:
    marks = ", ".join(["%s"] * len(row))
    into = f"INSERT INTO {model._meta.db_table} ({_quoted(row)}) VALUES ({marks}) RETURNING id"
    cursor.execute(into, [*row.values()])
    return cursor.fetchone()[0]


def _quoted(columns) -> str:
    return ", ".join(f'"{column}"' for column in columns)
