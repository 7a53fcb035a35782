"""Each sign-in is written down with how and where it was done, shown in the timeline, and kept for a year."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import SignIn
from accounts.signing_in.adapter import Adapter
from customers.history.timeline import timeline
from customers.merging import merge as merging
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from shopadmin.worker.housekeeping import keep_house
from tests.accounts.doors import ask_for_link, confirm, sign_in, sign_in_by_code, sign_up, use_link
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def firefox():
    return Client(headers={"user-agent": FIREFOX})


def sign_ins_of(customer):
    return [(one.method, one.client) for one in customer.sign_ins.order_by("id")]


def shown(customer):
    return [entry.text for day in timeline(customer, "sign-ins").days for entry in day.entries]


def with_password(client, customer):
    sign_in(client, customer.email)


def with_code(client, customer):
    sign_in_by_code(client, customer.email)


def with_link(client, customer):
    ask_for_link(client, customer.email)
    use_link(client, customer.email)


@pytest.mark.parametrize(
    ("way_in", "method", "words"),
    [
        (with_password, "password", "Signed in with a password: Firefox, Linux"),
        (with_code, "code", "Signed in with an email code: Firefox, Linux"),
        (with_link, "link", "Signed in with a password link: Firefox, Linux"),
    ],
)
def test_each_way_in_is_written_down_and_told(firefox, ines, otto, way_in, method, words):
    way_in(firefox, ines)
    assert (sign_ins_of(ines), shown(ines)) == ([(method, "Firefox, Linux")], [words])
    assert (sign_ins_of(otto), shown(otto)) == ([], [])


def test_the_code_that_confirms_a_new_account_is_a_sign_in(client):
    sign_up(client, "nina@post.example")
    assert not SignIn.objects.exists()
    confirm(client, "nina@post.example")
    assert sign_ins_of(SignIn.objects.get().customer) == [("code", "")]
    assert shown(SignIn.objects.get().customer) == ["Signed in with an email code"]


def test_staff_signing_in_to_the_backoffice_are_written_down_too(firefox, mara):
    firefox.post("/backoffice/sign-in/", {"login": mara.email, "password": PASSWORD})
    assert sign_ins_of(mara) == [("password", "Firefox, Linux")]


def test_what_fails_is_not_written_down(client, ines, gus):
    sign_in(client, ines.email, "a wrong password")
    sign_in(client, gus.email)
    ines.access = "blocked"
    ines.save()
    sign_in(client, ines.email)
    assert not SignIn.objects.exists()


def test_a_sign_in_that_is_rolled_back_leaves_no_trace(client, ines, monkeypatch):
    def fail(*args, **kwargs) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr(Adapter, "post_login", fail)
    with pytest.raises(RuntimeError):
        sign_in(client, ines.email)
    assert not SignIn.objects.exists()


def test_it_costs_two_queries_whatever_was_before(ines):
    about = []
    for client in (Client(), Client()):
        with CaptureQueriesContext(connection) as queries:
            sign_in(client, ines.email)
        about.append([query["sql"][:6] for query in queries if "accounts_signin" in query["sql"]])
    assert about == [["INSERT", "SELECT"], ["INSERT", "SELECT"]]


def test_the_overview_shows_them_among_all_else_and_alone(as_mara, firefox, ines):
    sign_in(firefox, ines.email)
    for query in ("", "?timeline=sign-ins"):
        page = as_mara.get(f"/backoffice/customers/{ines.pk}/{query}").content.decode()
        assert page.count("Signed in with a password: Firefox, Linux") == 1
    page = as_mara.get(f"/backoffice/customers/{ines.pk}/?timeline=changes").content.decode()
    assert "Signed in with" not in page


def test_more_of_them_cost_the_overview_no_query_more(as_mara, firefox, ines, django_assert_num_queries):
    sign_in(firefox, ines.email)
    with CaptureQueriesContext(connection) as queries:
        as_mara.get(f"/backoffice/customers/{ines.pk}/")
    cost_of_one = len(queries)
    for _time in range(2):
        sign_in(Client(), ines.email)
    with django_assert_num_queries(cost_of_one):
        as_mara.get(f"/backoffice/customers/{ines.pk}/")


def test_they_are_kept_for_a_year(ines):
    now = timezone.now()
    for days, minutes in ((365, 1), (365, -1)):
        ines.sign_ins.create(method="code", client=str(minutes), at=now - timedelta(days=days, minutes=minutes))
    keep_house()
    assert sign_ins_of(ines) == [("code", "-1")]


def test_they_move_with_a_merge_and_back(ines, gus):
    for customer in (ines, gus):
        customer.sign_ins.create(method="code", client=customer.first_name)
    done = merging.merge(ines, gus, choices={}, by=None)
    assert (sign_ins_of(ines), sign_ins_of(gus)) == ([("code", "Ines"), ("code", "Gus")], [])
    ines.sign_ins.create(method="password", client="since")
    merging.undo(done, by=None)
    assert (sign_ins_of(ines), sign_ins_of(gus)) == ([("code", "Ines"), ("password", "since")], [("code", "Gus")])


def test_they_go_with_the_erasure(ines, otto):
    for customer in (ines, otto):
        customer.sign_ins.create(method="code")
    erasure.erase(ines, by=ActorKind.MERCHANT, notify=False)
    assert list(SignIn.objects.values_list("customer", flat=True)) == [otto.pk]
