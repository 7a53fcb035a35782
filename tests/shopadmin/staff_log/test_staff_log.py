"""The staff log: what is written of whom, never by name, and the page that shows it."""

import json
import logging

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client

from accounts.security.recovery_codes import make_codes
from customers.bulk.run import run
from customers.models import BulkAction
from shopadmin.models import StaffLogEntry
from shopadmin.roles import Right
from shopadmin.staff_log import writing
from shopadmin.staff_log.words import page_in_words
from tests.accounts.doors import wait
from tests.accounts.second_factor import app_of
from tests.every_address import URLS
from tests.factories import PASSWORD, OrderFactory
from tests.shown_page import errors, page_link, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
# What a look may write: sessions, limits and the staff log.
MAY_CHANGE = {"accounts.session", "shopadmin.cacheentry", "shopadmin.stafflogentry"}
PAGE, DOOR = "/backoffice/staff-log/", "/backoffice/sign-in/"


def entries(**only):
    return list(StaffLogEntry.objects.exclude(act="signed_in").filter(**only).order_by("pk"))


def last():
    return StaffLogEntry.objects.latest("pk")


def test_looking_at_a_customer_is_one_entry_from_where(as_mara, mara, ines):
    as_mara.get(f"/backoffice/customers/{ines.pk}/", REMOTE_ADDR="192.0.2.7")
    [entry] = entries()
    assert (entry.actor, entry.act, entry.whom, entry.page) == (mara.pk, "looked", ines.pk, "customer")
    assert entry.address == "192.0.2.7"


def test_a_search_is_written_by_its_filters_and_what_it_showed_never_its_words(as_mara, ines, otto):
    as_mara.get("/backoffice/customers/?q=vandermeulen&status=registered")
    entry = last()
    assert (entry.act, entry.whom) == ("searched", None)
    assert entry.detail == {"filters": ["q", "status"], "hits": 1, "more": False, "customers": [ines.pk]}
    as_mara.get("/backoffice/search/?q=vandermeulen")
    assert (last().act, last().detail["hits"], last().detail["customer"]) == ("searched", 1, [ines.pk])
    assert "vandermeulen" not in json.dumps([one.detail for one in entries()])


def test_an_order_is_about_its_customer(as_mara, ines):
    order = OrderFactory(customer=ines)
    as_mara.get(f"/backoffice/orders/{order.number}/")
    assert (last().whom, last().page, last().detail["at"]) == (ines.pk, "backoffice_order", {"number": order.number})
    as_mara.get("/backoffice/orders/")
    assert last().detail["customers"] == [ines.pk]


def test_what_is_done_is_written(as_mara, ines, gus):
    as_mara.post(f"/backoffice/customers/{ines.pk}/notes/", {"text": "Rang twice."})
    as_mara.post(f"/backoffice/customers/{gus.pk}/delete/", {})
    as_mara.get("/backoffice/customers/export/")
    written = [(one.act, one.whom) for one in entries()]
    assert written == [("changed", ines.pk), ("erased", gus.pk), ("exported", None)]


def test_an_erasure_leaves_the_log_whole(as_mara, gus):
    as_mara.get(f"/backoffice/customers/{gus.pk}/")
    as_mara.post(f"/backoffice/customers/{gus.pk}/delete/", {})
    assert [(one.act, one.whom) for one in entries()] == [("looked", gus.pk), ("erased", gus.pk)]
    assert f"No. {gus.pk}" in as_mara.get(PAGE).content.decode()


def test_what_the_worker_does_in_bulk_is_written_with_whom(mara, ines, gus):
    action = BulkAction.objects.create(kind="erase", by=mara, picked=[ines.pk, gus.pk], total=2)
    run(action)
    [entry] = entries(act="erased")
    assert (entry.actor, entry.detail["customers"]) == (mara.pk, sorted([ines.pk, gus.pk]))


def test_refusals_are_written(client, sam, otto, mara):
    client.force_login(sam)
    client.get("/backoffice/staff/")
    client.force_login(otto)
    client.get("/backoffice/customers/")
    assert [(one.act, one.actor, one.page) for one in entries()] == [
        ("refused", sam.pk, "staff"), ("refused", otto.pk, "customers"),
    ]  # fmt: skip


@pytest.mark.parametrize("person", ["mara", "ines", None])
def test_each_wrong_password_at_the_door_is_written(client, request, person):
    who = request.getfixturevalue(person) if person else None
    wait()
    client.post(DOOR, {"login": who.email if who else "nobody@post.example", "password": "wrong"})
    [entry] = entries()
    assert (entry.act, entry.whom) == ("sign_in_refused", who.pk if person == "mara" else None)


def test_signing_in_says_by_what_and_a_wrong_second_step_whom(client, mara):
    app_of(mara)
    code = make_codes(mara)[0]
    wait()
    client.post(DOOR, {"login": mara.email, "password": PASSWORD})
    client.post(f"{DOOR}second-step/", {"code": "000000"})
    assert (last().act, last().whom) == ("sign_in_refused", mara.pk)
    client.post(f"{DOOR}second-step/", {"code": code})
    assert (last().act, last().actor, last().detail["ways"]) == ("signed_in", mara.pk, ["password", "recovery_codes"])


def test_each_entry_is_a_line_of_the_log_too(as_mara, ines, caplog):
    with caplog.at_level(logging.INFO, logger="shopadmin.staff_log.writing"):
        as_mara.get(f"/backoffice/customers/{ines.pk}/")
    line = json.loads(caplog.messages[-1])
    assert (line["act"], line["whom"], line["page"]) == ("looked", ines.pk, "customer")


def test_no_row_no_page(as_mara, ines, monkeypatch):
    monkeypatch.setattr(writing, "json", None)
    with pytest.raises(AttributeError):
        as_mara.get(f"/backoffice/customers/{ines.pk}/")


CHANGES = [
    ("/backoffice/customers/{}/notes/", {"text": "Rang twice."}),
    ("/backoffice/customers/{}/blocking/", {"decision": "block"}),
    ("/backoffice/customers/{}/delete/", {}),
    ("/backoffice/settings/orders/", {"order_prefix": "N", "invoice_when": "shipped"}),
]


def everything() -> dict[str, str]:
    """All rows of all tables, but those that a look may change."""
    models = [model for model in apps.get_models() if model._meta.label_lower not in MAY_CHANGE]
    return {model._meta.label: serializers.serialize("json", model.objects.order_by("pk")) for model in models}


@pytest.mark.parametrize(("path", "sent"), CHANGES)
def test_no_row_no_change(as_mara, ines, path, sent, monkeypatch):
    monkeypatch.setattr(writing, "json", None)
    before = everything()
    with pytest.raises(AttributeError):
        as_mara.post(path.format(ines.pk), sent)
    assert everything() == before


@pytest.mark.parametrize(("path", "sent"), CHANGES)
def test_each_change_is_one_row(as_mara, ines, path, sent):
    before = everything()
    as_mara.post(path.format(ines.pk), sent)
    assert len(entries()) == 1
    assert everything() != before


def test_pages_about_nobody_and_parts_of_a_request_are_not_written(as_mara, ines):
    as_mara.get("/backoffice/products/")
    as_mara.get("/backoffice/settings/accounts/")
    as_mara.head(f"/backoffice/customers/{ines.pk}/")
    assert entries() == []


# --- The page


def test_only_owners_read_it(client, sam):
    type(sam).objects.filter(pk=sam.pk).update(role="manager")
    client.force_login(type(sam).objects.get(pk=sam.pk))
    assert client.get(PAGE).status_code == 403
    assert URLS["staff_log"][1].callback.right == Right.STAFF_LOG


def test_it_shows_who_what_whom_and_filters(as_mara, mara, ines, otto):
    as_mara.get(f"/backoffice/customers/{ines.pk}/")
    as_mara.get(f"/backoffice/customers/{otto.pk}/")
    rows = table_rows(as_mara.get(f"{PAGE}?whom={ines.pk}&actor={mara.pk}&act=looked"))
    assert [row[1:4] for row in rows] == [[str(mara), "Viewed Customer", str(ines)]]
    assert table_rows(as_mara.get(f"{PAGE}?day=2020-01-01")) == []
    assert len(table_rows(as_mara.get(f"{PAGE}?day={StaffLogEntry.objects.first().at:%Y-%m-%d}&act=looked"))) >= 2


@pytest.mark.parametrize("query", ["whom=x", "day=soon", "act=never", "actor=0", f"whom={'9' * 40}", "before=x"])
def test_bad_filters_show_nothing_and_say_so(as_mara, query):
    page = as_mara.get(f"{PAGE}?{query}")
    assert (page.status_code, bool(errors(page))) == (200, query != "before=x")


def test_older_entries_are_on_the_next_page(as_mara, mara, django_assert_max_num_queries):
    StaffLogEntry.objects.bulk_create(StaffLogEntry(act="looked", actor=mara.pk) for _one in range(60))
    with django_assert_max_num_queries(8):
        page = as_mara.get(f"{PAGE}?act=looked")
    older = as_mara.get(PAGE + page_link(page, "next"))
    assert (len(table_rows(page)), len(table_rows(older))) == (50, 10)


def test_strangers_refused_pages_with_impossible_numbers_get_an_answer(client, otto):
    client.force_login(otto)
    assert client.get(f"/backoffice/customers/{'9' * 30}/").status_code == 404
    assert Client().get(f"/backoffice/customers/{'9' * 30}/").status_code == 302


def test_every_page_of_the_backoffice_is_called_in_words():
    names = [name for name, (route, _pattern) in URLS.items() if route.startswith("backoffice/")]
    assert [name for name in names if page_in_words(name) == name] == []
