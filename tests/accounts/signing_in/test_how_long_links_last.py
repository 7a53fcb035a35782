"""How long a link that sets a password lasts: 72 hours from the shop or with an order, an hour when asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from accounts.signing_in.password_tokens import ASKED_FOR, SENT_BY_SHOP, password_tokens
from customers.models import Customer
from shopadmin.models import StoreSettings
from tests.accounts.doors import ask_for_link, last_mail, path_in, sign_up
from tests.accounts.sign_up.test_checkout_account import TICK
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import come_to_the_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]
A_SECOND = timedelta(seconds=1)


def link_in_mail(email):
    return path_in(last_mail(email), "/password/reset/key/")


def asked_for(customer):
    ask_for_link(Client(), customer.email)
    return link_in_mail(customer.email)


def sent_by_shop(customer):
    customer.send_password_link()
    return link_in_mail(customer.email)


def order_with_account(client, email):
    fields = come_to_the_review(client, ProductFactory(), DeliveryMethodFactory(), email=email, **TICK)
    client.post("/checkout/review/", fields)


def page_of(path):
    return Client().get(path, follow=True).content.decode()


@pytest.fixture
def works_after(monkeypatch):
    """Whether a link sets a password when it is opened some time after it was mailed."""
    now = datetime.now().replace(microsecond=0)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: now)

    def works(path, passed):
        with monkeypatch.context() as later:
            later.setattr(PasswordResetTokenGenerator, "_now", lambda self: now + passed)
            return 'name="password1"' in page_of(path)

    return works


@pytest.mark.parametrize(("get_link", "hours"), [(asked_for, 1), (sent_by_shop, 72)])
def test_it_works_to_the_last_second_of_its_term_and_not_beyond(ines, works_after, get_link, hours):
    path, term = get_link(ines), timedelta(hours=hours)
    assert [works_after(path, passed) for passed in (timedelta(0), term, term + A_SECOND)] == [True, True, False]


def test_the_link_of_an_account_made_with_an_order_lasts_as_long_as_the_shops(client, works_after):
    order_with_account(client, "nina@post.example")
    path = link_in_mail("nina@post.example")
    assert [works_after(path, passed) for passed in (SENT_BY_SHOP, SENT_BY_SHOP + A_SECOND)] == [True, False]


def test_the_link_of_a_sign_up_lasts_an_hour_whatever_was_ordered_before(client, gus, works_after):
    sign_up(client, gus.email)
    path = link_in_mail(gus.email)
    assert [works_after(path, passed) for passed in (ASKED_FOR, ASKED_FOR + A_SECOND)] == [True, False]


def test_a_link_that_was_asked_for_cannot_be_prolonged_by_editing(ines, works_after):
    short, long = asked_for(ines), sent_by_shop(ines)
    door, made_at, seal = short.rstrip("/").rsplit("-", 2)
    later = int_to_base36(base36_to_int(made_at) + int((SENT_BY_SHOP - ASKED_FOR).total_seconds()))
    edited = [f"{door}-{later}-{seal}/", f"{long.rstrip('/').rpartition('-')[0]}-{seal}/"]
    assert [works_after(path, timedelta(0)) for path in (short, *edited)] == [True, False, False]
    assert [works_after(path, ASKED_FOR + A_SECOND) for path in (*edited, long)] == [False, False, True]


def test_a_token_of_djangos_own_making_is_not_taken(ines):
    assert password_tokens.check_token(ines, password_tokens.make_token(ines))
    assert not password_tokens.check_token(ines, PasswordResetTokenGenerator().make_token(ines))


def test_a_link_past_its_term_says_so_and_leads_to_a_new_one(ines, monkeypatch):
    path = sent_by_shop(ines)
    late = datetime.now() + SENT_BY_SHOP + timedelta(minutes=1)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: late)
    page = page_of(path)
    assert "It has expired or has already been used" in page
    assert 'href="/account/password/reset/">Email me a new link</a>' in page


@pytest.mark.parametrize(
    ("language", "get_link", "words"),
    [
        ("en", asked_for, "valid for 1 hour, until 20 Nov 2026, 01:30."),
        ("en", sent_by_shop, "valid for 72 hours, until 23 Nov 2026, 00:30."),
        ("nl", asked_for, "is 1 uur geldig, tot 20 nov 2026, 01:30."),
        ("nl", sent_by_shop, "is 72 uur geldig, tot 23 nov 2026, 00:30."),
        ("de", asked_for, "ist 1 Stunde gültig, bis 20.11.2026, 01:30."),
        ("de", sent_by_shop, "ist 72 Stunden gültig, bis 23.11.2026, 00:30."),
    ],
)
def test_the_mail_says_how_long_in_the_readers_language_and_the_shops_time(
    ines, monkeypatch, language, get_link, words
):
    half_past_midnight = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: half_past_midnight)
    StoreSettings.objects.update(time_zone="Europe/Amsterdam", languages=["nl", "en", "de"])
    Customer.objects.update(language=language)
    ines.refresh_from_db()
    get_link(ines)
    assert words in " ".join(last_mail(ines.email).text.split())
