"""Each field of a customer and of an address is declared once, and what is declared is what happens."""

import pytest
from django.utils.functional import Promise

from customers.addresses.form import AddressForm
from customers.field_rules import ADDRESS_FIELDS, CUSTOMER_FIELDS, Erasure, Merging, No, Search
from customers.importing.cells import TEXTS
from customers.importing.checking import BY_COUNTRY, CHOSEN
from customers.importing.columns import BY_NAME, OF_CUSTOMERS
from customers.importing.names import NAMES
from customers.models import Address, Customer, PostalAddress
from customers.models.history import ActorKind
from customers.privacy.erasure import erasure
from customers.privacy.erasure.names_in_text import Traces
from customers.record.forms import CustomerForm
from tests.customers.every_field import FIELDS, another_value, fill_every_field
from tests.customers.merging.merging import merged_by
from tests.customers.privacy.erasure.test_erasure import dump
from tests.factories import AddressFactory, CustomerFactory
from tests.import_files import the_only_one

pytestmark = pytest.mark.any_database

RULES = {Customer: CUSTOMER_FIELDS, Address: ADDRESS_FIELDS}
ASPECTS = ("search", "history", "merge", "archive", "erasure", "file")


def fields_of(model):
    return {field.name for field in model._meta.concrete_fields}


@pytest.mark.parametrize("model", RULES)
def test_each_field_is_declared(model):
    missing = sorted(fields_of(model) - set(RULES[model]))
    words = f"Say in customers/field_rules.py what becomes of {missing} of {model.__name__}; see docs/adding_things.md."
    assert not missing, words


@pytest.mark.parametrize("model", RULES)
def test_what_is_declared_is_a_field(model):
    gone = sorted(set(RULES[model]) - fields_of(model))
    assert not gone, f"{model.__name__} has no {gone}: take them out of customers/field_rules.py, or rename them there."


@pytest.mark.parametrize("model", RULES)
def test_what_is_left_out_has_a_reason(model):
    rules = [getattr(rule, aspect) for rule in RULES[model].values() for aspect in ASPECTS]
    assert [rule for rule in rules if isinstance(rule, No) and len(rule.why.split()) < 2] == []


# --- Search


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in FIELDS if isinstance(another_value(name), str)])
def test_what_is_searched_finds_the_customer(name):
    customer = CustomerFactory(first_name="", last_name="")
    fill_every_field(customer, but={*FIELDS} - {name})
    Customer.objects.get().refresh_derived_fields()
    words = str(another_value(name))
    assert Customer.objects.matching(words).exists() == bool(CUSTOMER_FIELDS[name].search)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PostalAddress.FIELDS)
def test_what_is_searched_of_an_address_finds_its_customer(name):
    value = "QX" if name == "country" else "Qxvstone"
    AddressFactory(**{name: value})
    assert Customer.objects.matching(value).exists() == bool(ADDRESS_FIELDS[name].search)


# --- History


@pytest.mark.django_db
@pytest.mark.parametrize("name", FIELDS)
def test_what_is_tracked_is_in_the_history(name, otto):
    Customer.objects.filter(pk=otto.pk).update(**{name: another_value(name)})
    written = otto.history.exclude(field="created").filter(field=name)
    assert written.exists() == bool(CUSTOMER_FIELDS[name].history)


# --- Merging


@pytest.mark.django_db
def test_what_is_chosen_comes_from_the_merged_record_and_the_rest_is_each_ones_own(as_mara, ines, gus):
    of = {kind: [name for name, rule in CUSTOMER_FIELDS.items() if rule.merge is kind] for kind in Merging}
    fill_every_field(gus, but=("email", "access", "password", "restricted_at"))
    before = {person: Customer.objects.get(pk=person.pk) for person in (ines, gus)}
    merged_by(as_mara, ines, gus, **dict.fromkeys([*of[Merging.CHOSEN], *of[Merging.BOTH]], "merged"))
    kept = Customer.objects.get(pk=ines.pk)
    for name in (*of[Merging.CHOSEN], *of[Merging.BOTH]):
        assert getattr(kept, name) == getattr(before[gus], name), name
    for name in {*of[Merging.OWN]} - {"merged_into"}:
        assert getattr(kept, name) == getattr(before[ines], name), name
        assert getattr(Customer.objects.get(pk=gus.pk), name) == getattr(before[gus], name), name


@pytest.mark.django_db
def test_what_is_ruled_is_decided_by_a_rule(as_mara, ines, gus):
    fill_every_field(gus, but=("email", "password", "restricted_at"))
    Customer.objects.filter(pk=ines.pk).update(marketing_consent=True)
    gus.consents.create(given=False, source="account", text="News", language="nl")
    merge = merged_by(as_mara, ines, gus, vat_number="merged")
    ruled = {name for name, rule in CUSTOMER_FIELDS.items() if rule.merge is Merging.RULED}
    assert ruled - set(merge.before["fields"]) == set()


def test_addresses_go_whole():
    whole = [name for name, rule in ADDRESS_FIELDS.items() if rule.merge is Merging.WITH_ADDRESS]
    assert whole == [*PostalAddress.FIELDS]


def test_what_the_merchant_may_choose_is_on_the_form():
    chosen = {name for name, rule in CUSTOMER_FIELDS.items() if rule.merge in (Merging.CHOSEN, Merging.BOTH)}
    missing = sorted(chosen - set(CustomerForm.Meta.fields))
    assert not missing, f"Put {missing} on the form in customers/record/forms.py: merchants may choose it in a merge."


# --- Import


def test_each_column_that_is_no_text_has_a_reader():
    """The readers stand in `customers/importing/checking.py`, by the name of the column."""
    assert [name for name in OF_CUSTOMERS if name not in {*TEXTS, *CHOSEN, *BY_COUNTRY}] == []


def test_other_systems_names_are_those_of_columns():
    assert set(NAMES) - set(BY_NAME) == set()


@pytest.mark.django_db
def test_an_example_is_what_an_import_reads(store, tmp_path):
    columns = [column for name, column in BY_NAME.items() if name in {"email", *OF_CUSTOMERS}]
    lines = [",".join(column.name for column in columns), ",".join(f'"{column.example}"' for column in columns)]
    customer = the_only_one(tmp_path, "\n".join(lines))
    unread = [name for name in OF_CUSTOMERS if getattr(customer, name) == Customer._meta.get_field(name).get_default()]
    assert unread == ["ship_elsewhere"]  # there is no address to ship to


# --- Archive


@pytest.mark.parametrize("model", RULES)
def test_what_is_in_the_archive_has_words_that_are_translated(model):
    rules = {name: rule for name, rule in RULES[model].items() if rule.archive}
    words = {name: rule.words or model._meta.get_field(name).verbose_name for name, rule in rules.items()}
    untold = sorted(name for name, label in words.items() if not isinstance(label, Promise))
    assert untold == [], "Give the field a verbose_name that is translated, or its rule `words`."


def test_what_anybody_can_type_about_a_person_is_in_the_archive():
    typed = {name for name in CustomerForm.Meta.fields if not CUSTOMER_FIELDS[name].archive}
    assert typed | {name for name in AddressForm.Meta.fields if not ADDRESS_FIELDS[name].archive} == set()


# --- Erasure


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, rule in CUSTOMER_FIELDS.items() if rule.erasure is Erasure.TRACES])
def test_what_names_a_person_is_looked_for_before_an_erasure(name):
    customer = CustomerFactory(**{"first_name": "Jo", "last_name": "Bak", name: another_value(name)})
    is_given = CUSTOMER_FIELDS[name].search in (Search.GIVEN_NAME, Search.INITIALS)
    words = f"{another_value(name)} Bak" if is_given else str(another_value(name))
    assert Traces([customer]).are_in(words)
    assert not Traces([CustomerFactory(first_name="Ed", last_name="Bakema")]).are_in(words)


@pytest.mark.django_db
def test_an_erasure_leaves_no_value_of_any_field(store, otto):
    fill_every_field(otto, but=("access",))
    assert len([row for table, row in dump() if "qxv" in row or "90807060" in row]) > 1
    erasure.erase(Customer.objects.get(pk=otto.pk), by=ActorKind.MERCHANT, notify=False)
    assert [row for table, row in dump() if "qxv" in row or "90807060" in row] == []
