"""Objecting to marketing: consent ends with its proof, and nobody but the person gives it again."""

import pytest

from customers.history.sources import source_in_words
from customers.models import Customer, PrivacyRequest
from tests.customers.importing.imports import brought, start, work
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.orders.shopping import order_now

pytestmark = pytest.mark.django_db


def agrees(customer) -> bool:
    return Customer.objects.get(pk=customer.pk).marketing_consent


def object_for(client, customer):
    asked = PrivacyRequest.objects.create(customer=customer, kind="objection")
    client.post(f"{asked.get_absolute_url()}done/", {"outcome": "No more marketing."})
    return asked


@pytest.fixture
def objected(as_mara, ines) -> Customer:
    """Ines, who had agreed and has objected."""
    ines.set_marketing_consent(True, text="Yes", source="account", by=ines)
    object_for(as_mara, ines)
    return ines


def test_carrying_it_out_withdraws_consent_with_its_proof(objected, mara):
    proof = objected.consents.first()
    assert (agrees(objected), proof.given, proof.source, proof.by) == (False, False, "objection", mara)
    assert (proof.text, objected.privacy_requests.get().state) == (
        "I object to the use of my data for marketing.",
        "done",
    )
    change = objected.history.get(field="marketing_consent", new__in=["false", "0"])
    assert (change.actor, change.source) == (mara, "privacy request")


def test_it_is_kept_of_who_never_agreed_too(as_mara, gus):
    object_for(as_mara, gus)
    assert [proof.source for proof in gus.consents.all()] == ["objection"]


def test_declining_it_changes_nothing(as_mara, ines):
    ines.set_marketing_consent(True, text="Yes", source="account", by=ines)
    asked = PrivacyRequest.objects.create(customer=ines, kind="objection")
    as_mara.post(f"{asked.get_absolute_url()}decline/", {"outcome": "It was not her."})
    assert (agrees(ines), ines.consents.count()) == (True, 1)


def test_the_merchant_cannot_switch_it_on_again_and_reads_why(as_mara, objected):
    page = f"/backoffice/customers/{objected.pk}/edit/"
    assert "Only the customer can agree again, in their account." in as_mara.get(page).content.decode()
    form = {"email": objected.email, "first_name": "Inez", "marketing_consent": "on", "customer_type": "private"}
    as_mara.post(page, form)
    assert (Customer.objects.get(pk=objected.pk).first_name, agrees(objected)) == ("Inez", False)


def test_a_form_that_was_open_meanwhile_does_not_either(objected, mara):
    assert not objected.set_marketing_consent(True, text="Yes", source="backoffice", by=mara)
    assert not agrees(objected)


def test_an_import_does_not_switch_it_on(objected, gus, as_mara):
    object_for(as_mara, gus)
    job = brought(as_mara, f"email,marketing_consent\n{objected.email},yes\n{gus.email},yes\n")
    start(as_mara, job)
    work(job)
    assert (agrees(objected), agrees(gus)) == (False, False)


def test_an_order_by_whoever_types_the_address_does_not(client, as_mara, gus):
    object_for(as_mara, gus)
    client.logout()
    order_now(client, ProductFactory(), DeliveryMethodFactory(), email=gus.email, marketing_consent="on")
    assert (gus.orders.count(), agrees(gus)) == (1, False)


def test_the_person_can_agree_again_and_the_merchant_then_too(client, objected, mara):
    client.force_login(objected)
    client.post("/account/edit/marketing/", {"initial-marketing_consent": "False", "marketing_consent": "on"})
    assert (agrees(objected), objected.consents.first().source) == (True, "account")
    objected.refresh_from_db()
    objected.set_marketing_consent(False, text="", source="backoffice", by=mara)
    assert objected.set_marketing_consent(True, text="", source="backoffice", by=mara)


def test_the_overview_says_when_and_how(as_mara, objected):
    page = as_mara.get(objected.get_absolute_url()).content.decode()
    assert "through an objection" in page
    assert source_in_words("objection") == "through an objection"
