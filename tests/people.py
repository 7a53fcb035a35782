"""People with parts to play, the same in every test."""

import pytest

from customers.models import Customer
from shopadmin.roles import Role
from tests.factories import AddressFactory, CustomerFactory


def member_of_staff(email: str, first_name: str, role: Role) -> Customer:
    return CustomerFactory(email=email, first_name=first_name, registered=True, is_staff=True, role=role, language="en")


@pytest.fixture
def mara(db) -> Customer:
    """Owns the shop."""
    return member_of_staff("mara@shop.example", "Mara", Role.OWNER)


@pytest.fixture
def sam(db) -> Customer:
    """Answers the phone: support."""
    return member_of_staff("sam@shop.example", "Sam", Role.SUPPORT)


@pytest.fixture
def rosa(db) -> Customer:
    """The accountant, who only looks."""
    return member_of_staff("rosa@shop.example", "Rosa", Role.READONLY)


@pytest.fixture
def ines(db) -> Customer:
    """A registered shopper from Utrecht, who speaks Dutch."""
    customer = CustomerFactory(
        email="ines@vandermeulen.example", first_name="Ines", last_name="van der Meulen", registered=True
    )
    AddressFactory(customer=customer)
    return customer


@pytest.fixture
def gus(db) -> Customer:
    """A guest: ordered once, cannot sign in."""
    return CustomerFactory(email="gus@post.example", first_name="Gus", last_name="Gast", origin=Customer.Origin.ORDER)


@pytest.fixture
def otto(db) -> Customer:
    """Registered too, and must never see what is Ines's."""
    return CustomerFactory(email="otto@post.example", first_name="Otto", last_name="Onbevoegd", registered=True)
