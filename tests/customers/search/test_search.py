"""The search finds what holds the words, on both databases the same as a plain reading of the rules."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.models import Customer
from customers.search.text import fold, search_text
from shopadmin.lists.search_index import install_index, missing_triggers
from shopadmin.search.folding import fragments
from tests.factories import AddressFactory, CustomerFactory

pytestmark = pytest.mark.django_db

PIECES = st.sampled_from(
    ["Jansen", "Müller", "d'Or", "de", "B.V.", "Ørsted", "Æ", "50%", "a_b", '"x"', "x", "12", "3511", "AW", "-", "~",
     "\\", "Ελένη", "Ян", "straße", "İ", "ﬁn", "½", "o'r", "@post", ".nl", "é", "日本語", "ab"]
)  # fmt: skip
WORDS = st.lists(PIECES, min_size=1, max_size=3).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)


@contextmanager
def forgotten_afterwards():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def said_by_hand(customer, words):
    """The rules of the search, read off the text that is searched."""
    ways = fragments(words)
    return any(all(part in customer.search_text for part in parts) for parts in ways)


def found(words):
    return set(Customer.objects.matching(words).values_list("pk", flat=True))


@settings(max_examples=150)
@given(names=st.lists(WORDS, min_size=1, max_size=4), words=WORDS, ends=st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_the_databases_find_what_the_rules_say(names, words, ends):
    words = words[min(ends) : max(ends) + 1]
    with forgotten_afterwards():
        made = [CustomerFactory(last_name=name, company_name=words[::-1]) for name in names]
        assert found(words) == {customer.pk for customer in made if said_by_hand(customer, words)}


@settings(max_examples=150)
@given(name=WORDS, start=st.integers(0, 12), length=st.integers(3, 9))
def test_every_fragment_of_three_letters_is_found(name, start, length):
    fragment = f"{name} {name}"[start : start + length].strip()
    with forgotten_afterwards():
        customer = CustomerFactory(last_name=f"{name} {name}")
        assert len(fold(fragment)) < 3 or found(fragment) == {customer.pk}


@pytest.mark.parametrize("text", ["Straße", "ﬁn", "İstanbul", "ǅ", "½", "℡", "Kelvin"])
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.fixture
def kate(db):
    """Somebody who has all that is searched for."""
    kate = CustomerFactory(
        email="kate@de-wit.example", first_name="Kate", last_name="O'Neill-Straßer", company_name="Ørsted B.V.",
        phone="+31302314567", mobile="+4915123456789", order_numbers="W10482 W20999",
    )  # fmt: skip
    AddressFactory(customer=kate, postcode="3511 AW", city="Utrecht")
    kate.refresh_derived_fields()
    return kate


@pytest.mark.parametrize(
    "words",
    ["kat", "ATE", "neill", "o'n", "l-s", "strasser", "STRASSER", "straße", "orsted", "te@", "e@d", "@de", ".exa",
     "kate@de-wit.example", "de-wit", "030 231 45", "+31 30 2314567", "0031 30 231", "0031 (0)30-2314567", "231-45",
     "0151 2345", "0151/23456789", "+49 (0)151 234", "0482", "w20999", "3511 aw", "3511aw", "1 AW", "11a", "utr",
     "utrecht kate", "ka", "k", "o", "ne", "or", "b", "w1", "W2", "ka or", "b.v.", "kate o"],
)  # fmt: skip
def test_kate_is_found_by(kate, words):
    assert found(words) == {kate.pk}


@pytest.mark.parametrize(
    "words",
    ["at", "de", "wi", "ut", "31", "aw", "ex", "04", "ate wi ut xx", "kate x", "~at", "katw", "---", "%", "___", "q%z"],
)
def test_kate_is_not_found_by(kate, words):
    Customer.objects.filter(pk=kate.pk).update(search_text=kate.search_text.replace(f" {kate.pk} ", " 7 "))
    assert found(words) == set()


def test_the_text_marks_the_beginnings_of_names_and_numbers_only():
    text = search_text(
        17, names=["Jan", "", "de Wit", ""], email="a@b.example", phones=["+31612345678"], places=["3511 AW", "Ede"],
        order_numbers="W10482 W10483",
    )  # fmt: skip
    assert text == (
        " 17 jan de wit w10482 w10483 a b example 3511 aw ede 3511aw 31612345678 0612345678 ~Q17~Qja~Qde~Qwi~Qw1~ "
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has an index of its own")
def test_lost_triggers_are_made_again_and_the_index_with_them(kate):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER customers_customer_search_update")
    Customer.objects.filter(pk=kate.pk).update(search_text=" somebody else ")
    assert (list(missing_triggers(Customer, connection)), found("kate")) == (
        ["customers_customer_search_update"],
        {kate.pk},
    )
    install_index(Customer, connection)
    assert (missing_triggers(Customer, connection), found("kate"), found("somebody")) == ({}, set(), {kate.pk})
