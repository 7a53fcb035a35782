"""Each column of each model is declared in docs/personal_data.md, and holds what is declared there."""

import pytest
from django.apps import apps

from tests.privacy.declared import KINDS, TEXTS, models_declared, personal_places
from tests.privacy.people import ERASED, OTHERS
from tests.privacy.walking import held_on

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
# Texts that are personal, and that nobody types.
NOT_TYPED = {
    "customers.Customer.password",
    "customers.Customer.language",
    "customers.Customer.country",
    "customers.Customer.order_numbers",
    "customers.Address.country",
}


def test_each_model_is_declared():
    assert set(models_declared()) == set(MODELS)


@pytest.mark.parametrize("label", MODELS)
def test_each_column_is_declared_once(label):
    declared = models_declared()[label]
    columns = [name for kind in KINDS for name in sorted(declared[kind])]
    assert sorted(columns) == sorted(field.name for field in MODELS[label]._meta.concrete_fields)


@pytest.mark.parametrize("label", MODELS)
def test_a_text_is_not_passed_off_as_a_number(label):
    texts = {field.name for field in MODELS[label]._meta.concrete_fields if isinstance(field, TEXTS)}
    assert texts & models_declared()[label]["rest"] == set()


@pytest.fixture
def found(shop):
    """Where something of anybody stands."""
    held = held_on([*ERASED, *OTHERS], shop.texts())
    return {place for places in held.values() for place in places}


@pytest.mark.slow
def test_values_stand_where_they_are_said_to_and_nowhere_else(found):
    assert found - {*personal_places()} == set()


@pytest.mark.slow
def test_the_walk_reaches_every_text_and_file(found):
    """Who adds a column that can hold personal data fills it in, in tests/privacy/filling*.py."""
    assert {place for place in personal_places() if is_typed(place)} - found == set()


def is_typed(place):
    label, _dot, name = place.rpartition(".")
    field = MODELS[label]._meta.get_field(name) if label in MODELS else None
    return field is None or (isinstance(field, TEXTS) and not field.choices and place not in NOT_TYPED)
