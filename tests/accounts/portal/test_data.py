"""What the shop knows about a shopper: theirs to see and to change, and in step with the backoffice."""

import pytest

from customers.history import acting
from customers.models import Address, Customer, PrivacyRequest
from shopadmin.models import Mail
from tests.factories import AddressFactory
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/account/"
ADDRESS = {"country": "NL", "street": "Oudegracht", "house_number": "118", "postcode": "3511 AW", "city": "Utrecht"}


@pytest.fixture(autouse=True)
def in_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def edit(client, part, seen=None, **typed):
    """Send a part's form; `seen` is what its hidden fields held when it was shown."""
    data = typed | {f"initial-{name}": value for name, value in (seen or {}).items()}
    return client.post(f"{PAGE}edit/{part}/", data)


def address(kind, **changes):
    return {f"{kind}-{name}": value for name, value in (ADDRESS | changes).items()}


def changes(customer):
    rows = customer.history.filter(actor_kind="shopper", source="account").order_by("id")
    return [(row.field, row.old, row.new, row.seen) for row in rows]


def test_strangers_are_sent_to_sign_in(client, store):
    assert client.get(PAGE).url == "/account/sign-in/?next=/account/"
    assert edit(client, "name", first_name="X").url == "/account/sign-in/?next=/account/edit/name/"


def test_the_page_shows_what_is_held_and_leads_to_the_privacy_policy(as_ines, ines):
    html = as_ines.get(PAGE).content.decode()
    for words in [
        "Ines van der Meulen",
        "ines@<wbr>vandermeulen.example",
        "Oudegracht 118",
        "Dutch",
        'href="/privacy/"',
    ]:
        assert words in html


def test_notes_of_the_shop_are_never_shown(as_ines, ines):
    Customer.objects.filter(pk=ines.pk).update(notes="Pays late")
    for path in (PAGE, f"{PAGE}edit/name/", f"{PAGE}delete/"):
        assert "Pays late" not in as_ines.get(path).content.decode()


def test_a_change_is_written_and_marked_for_the_merchant(as_ines, ines):
    assert edit(as_ines, "name", first_name="Inez", last_name="van der Meulen").url == PAGE
    assert changes(ines) == [("first_name", "Ines", "Inez", False)]
    assert ines.history.get(field="first_name").actor == ines


def test_a_change_by_the_merchant_shows_at_once(as_ines, ines, mara):
    with acting.merchant(mara):
        Customer.objects.filter(pk=ines.pk).update(last_name="Jansen")
    assert "Ines Jansen" in as_ines.get(PAGE).content.decode()


def test_a_stale_form_loses_nothing_that_the_shop_changed(as_ines, ines):
    Customer.objects.filter(pk=ines.pk).update(last_name="Jansen")
    seen = {"first_name": "Ines", "last_name": "van der Meulen"}
    edit(as_ines, "name", seen, first_name="Inez", last_name="van der Meulen")
    ines.refresh_from_db()
    assert ines.get_full_name() == "Inez Jansen"


def test_what_both_changed_comes_back_with_both_values(as_ines, ines):
    Customer.objects.filter(pk=ines.pk).update(last_name="Jansen")
    seen, typed = {"first_name": "Ines", "last_name": "van der Meulen"}, {"first_name": "Ines", "last_name": "Bakker"}
    response = edit(as_ines, "name", seen, **typed)
    html = response.content.decode()
    assert "The shop's version: Jansen" in html
    assert "Your version: Bakker" in html
    seen["last_name"] = "Jansen"
    edit(as_ines, "name", seen, **typed, **{"asked": "last_name", "keep-last_name": "mine"})
    ines.refresh_from_db()
    assert ines.last_name == "Bakker"


def test_a_wrong_entry_is_kept_and_explained(as_ines, ines):
    response = edit(as_ines, "phone", phone="12", mobile="")
    assert 'value="12"' in response.content.decode()
    assert "<title>Error: Phone" in response.content.decode()
    ines.refresh_from_db()
    assert not ines.phone


def test_the_language_is_one_of_the_shops_and_counts_at_once(as_ines, ines, settings):
    response = edit(as_ines, "language", language="de")
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == ""
    ines.refresh_from_db()
    assert ines.language == "de"
    assert edit(as_ines, "language", language="fr").status_code == 200


def test_the_billing_address_is_changed_field_by_field(as_ines, ines):
    seen = {f"billing-{name}": value for name, value in ADDRESS.items()}
    data = address("billing", house_number="120") | {f"initial-{name}": value for name, value in seen.items()}
    assert as_ines.post(f"{PAGE}edit/billing/", data).url == PAGE
    assert changes(ines) == [("billing.house_number", "118", "120", False)]


def test_a_shipping_address_is_added_and_switched_off_without_a_loss(as_ines, ines):
    typed = address("shipping", street="Maliebaan", house_number="4")
    assert as_ines.post(f"{PAGE}edit/shipping/", typed | {"ship_elsewhere": "on"}).url == PAGE
    ines.refresh_from_db()
    assert (ines.ship_elsewhere, Customer.objects.get(pk=ines.pk).shipping_address.street) == (True, "Maliebaan")
    seen = {f"initial-{name}": value for name, value in typed.items()} | {"initial-ship_elsewhere": "True"}
    as_ines.post(f"{PAGE}edit/shipping/", typed | seen)
    ines.refresh_from_db()
    assert (ines.ship_elsewhere, Address.objects.get(customer=ines, kind="shipping").street) == (False, "Maliebaan")


def test_an_incomplete_shipping_address_is_refused_while_it_is_on(as_ines, ines):
    response = as_ines.post(f"{PAGE}edit/shipping/", {"ship_elsewhere": "on", "shipping-country": "NL"})
    assert response.status_code == 200
    assert not Address.objects.filter(kind="shipping").exists()


def test_a_stored_number_that_looks_wrong_does_not_block_another_field(as_ines, ines):
    stored = {"customer_type": "business", "company_name": "Atelier", "vat_number": "NL 00.00", "coc_number": "12"}
    Customer.objects.filter(pk=ines.pk).update(**stored)
    assert edit(as_ines, "company", **stored | {"company_name": "Atelier Meulen"}).url == PAGE
    ines.refresh_from_db()
    assert (ines.company_name, ines.vat_number) == ("Atelier Meulen", "NL 00.00")
    assert edit(as_ines, "company", **stored | {"vat_number": "NL 00.01"}).status_code == 200


def test_a_number_that_looks_wrong_is_asked_about_once(as_ines, ines):
    typed = {"customer_type": "business", "company_name": "Atelier", "vat_number": "NL000000000B01"}
    response = edit(as_ines, "company", **typed)
    assert "Keep this number" in response.content.decode()
    assert edit(as_ines, "company", **typed, vat_number_confirmed="on").url == PAGE
    ines.refresh_from_db()
    assert (ines.customer_type, ines.vat_number) == ("business", "NL000000000B01")
    assert edit(as_ines, "company", **typed).url == PAGE


def test_turning_private_keeps_the_company_data(as_ines, ines):
    Customer.objects.filter(pk=ines.pk).update(customer_type="business", company_name="Atelier", coc_number="12345678")
    edit(as_ines, "company", customer_type="private", company_name="Atelier", coc_number="12345678")
    ines.refresh_from_db()
    assert (ines.customer_type, ines.company_name, ines.coc_number) == ("private", "Atelier", "12345678")


def test_consent_is_kept_with_its_proof_and_can_be_taken_back(as_ines, ines):
    edit(as_ines, "marketing", {"marketing_consent": "False"}, marketing_consent="on")
    consent = ines.consents.get()
    assert (consent.given, consent.by, consent.source) == (True, ines, "account")
    assert consent.text in as_ines.get(PAGE).content.decode()
    edit(as_ines, "marketing", {"marketing_consent": "True"})
    assert [proof.given for proof in ines.consents.all()] == [False, True]


def test_otto_changes_only_what_is_his(client, ines, otto, store):
    client.force_login(otto)
    edit(client, "name", first_name="Inez", last_name="Onbevoegd")
    ines.refresh_from_db()
    otto.refresh_from_db()
    assert (ines.first_name, otto.first_name) == ("Ines", "Inez")


def test_an_unknown_part_is_not_found(as_ines):
    assert as_ines.get(f"{PAGE}edit/notes/").status_code == 404


@pytest.mark.parametrize("part", ["name", "phone", "language", "company", "billing", "shipping"])
def test_every_part_has_its_page_and_takes_no_nonsense(as_ines, ines, part):
    assert as_ines.get(f"{PAGE}edit/{part}/").status_code == 200
    names = ["first_name", "phone", "language", "customer_type", "billing-street", "shipping-country", "ship_elsewhere"]
    response = edit(as_ines, part, **dict.fromkeys(names, "\u202eü<b>" * 300))
    assert response.status_code == 200
    assert "<b>" not in response.content.decode()
    assert changes(ines) == []


def test_a_question_becomes_a_request_and_is_mailed_to_the_merchant(as_ines, ines):
    for _twice in range(2):
        assert as_ines.post(f"{PAGE}ask/", {"kind": "access", "remark": "Please"}).url == PAGE
    asked = ines.privacy_requests.get()
    assert (asked.kind, asked.state, asked.remark) == ("access", "open", "Please")
    assert Mail.objects.get(name="privacy_request").to == "merchant@shop.example"
    confirmed = Mail.objects.get(name="request_received")
    assert (confirmed.to, confirmed.customer, "Please" in confirmed.text) == (ines.email, ines, False)


def test_every_kind_of_request_can_be_made(as_ines, ines):
    kinds = html_of(as_ines.get(f"{PAGE}ask/")).xpath("//input[@name='kind']/@value")
    for kind in kinds:
        as_ines.post(f"{PAGE}ask/", {"kind": kind})
    assert sorted(kinds) == sorted(PrivacyRequest.Kind.values)
    assert [asked.kind for asked in ines.privacy_requests.order_by("id")] == kinds


def test_the_page_costs_few_queries_whatever_is_held(as_ines, ines, django_assert_max_num_queries):
    AddressFactory(customer=ines, kind="shipping")
    with django_assert_max_num_queries(8):
        as_ines.get(PAGE)


def test_a_company_is_not_told_that_its_name_is_optional(as_ines, ines):
    Customer.objects.filter(pk=ines.pk).update(customer_type="business", company_name="Atelier")
    page = as_ines.get(f"{PAGE}edit/company/")
    labels = [text_of(label) for label in html_of(page).xpath("//label[starts-with(@for, 'id_company_name')]")]
    assert labels == ["Company name"]
