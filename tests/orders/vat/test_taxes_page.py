"""Taxes in the settings: who may enter, what is shown, saved and refused; rates of other member states."""

import pytest

from orders.models import Product, VatCheck
from shopadmin.models import StoreSettings
from tests.factories import DeliveryMethodFactory, ProductFactory
from tests.shown_page import errors, filled, html_of, text_of, value_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/backoffice/settings/taxes/"


def rates(client, url=URL):
    """Each class on the page with what its field holds."""
    rows = html_of(client.get(url)).xpath("//table[.//input]//tbody/tr")
    return {text_of(row.xpath(".//label")[0]): row.xpath(".//input/@value")[:1] for row in rows}


def save(client, **changes):
    return client.post(URL, filled(client.get(URL), "settings-form", **changes))


def save_abroad(client, country, **changes):
    url = f"{URL}{country}/"
    return client.post(url, filled(client.get(url), "rates-form", **changes))


def vat_rates():
    return StoreSettings.objects.get().vat_rates


@pytest.mark.parametrize("person", ["sam", "rosa"])
def test_only_the_owner_may_enter(client, person, request, store):
    client.force_login(request.getfixturevalue(person))
    assert {client.get(f"{URL}{path}").status_code for path in ("", "DE/")} == {403}


def test_a_new_shop_has_the_rates_of_its_country(as_mara, store):
    assert rates(as_mara) == {"Standard": ["21"], "Reduced": ["9"], "Another rate": [""]}
    StoreSettings.objects.update(country="FR")
    french = {"Standard": ["20"], "Reduced": ["5.5"], "Second reduced": ["10"], "Third reduced": ["2.1"]}
    assert rates(as_mara) == french | {"Another rate": [""]}
    assert save(as_mara).status_code == 302
    assert vat_rates() == {}


def test_a_rate_that_is_changed_holds_for_all_products_of_its_class(as_mara, store):
    save(as_mara, reduced="8,5")
    assert vat_rates() == {"NL": {"reduced": "8.5"}}
    page = html_of(as_mara.get(f"/backoffice/products/{ProductFactory().pk}/"))
    options = [text_of(option) for option in page.xpath("//select[@name='tax_class']/option")]
    assert options == ["Standard, 21%", "Reduced, 8.5%", "Zero, 0%"]
    save(as_mara, reduced="")
    assert vat_rates() == {}


def test_a_rate_that_no_law_lists_becomes_a_class_of_the_shops_own(as_mara, store):
    save(as_mara, another_rate="6")
    save(as_mara, another_rate="21")  # there is one already
    assert vat_rates() == {"NL": {"own_1": "6.0"}}
    assert rates(as_mara)["Other"] == ["6"]


def test_a_class_of_the_shops_own_goes_only_when_nothing_has_it(as_mara, store):
    save(as_mara, another_rate="6")
    DeliveryMethodFactory(tax_class="own_1")
    response = save(as_mara, own_1=None, tax_number="123")
    assert errors(response) == {"own_1": "Products or delivery methods have this tax class. Change them first."}
    assert value_of(response, "tax_number") == "123"


@pytest.mark.parametrize("typed", ["51", "-1", "NaN", "many"])
def test_what_is_no_rate_is_refused(as_mara, store, typed):
    response = save(as_mara, standard=typed)
    assert (response.status_code, vat_rates()) == (200, {})
    assert value_of(response, "standard") == typed
    assert len(errors(response)) == 1


def test_rates_of_other_member_states_are_shown_with_oss_alone(as_mara, store):
    assert "VAT rates in other EU countries" not in as_mara.get(URL).content.decode()
    save(as_mara, one_stop_shop="on")
    rows = html_of(as_mara.get(URL)).xpath("//table[.//a]//tbody/tr")
    listed = {text_of(row.xpath("./th")[0]): text_of(row.xpath("./td")[0]) for row in rows}
    assert len(listed) == 27  # all but the Netherlands, and Northern Ireland
    assert (listed["Germany"], listed["Northern Ireland"]) == ("19% · 7%", "20% · 5%")


def test_a_rate_of_another_member_state_can_be_changed(as_mara, store):
    assert rates(as_mara, f"{URL}DE/") == {"Standard": ["19"], "Reduced": ["7"], "Zero": [""]}
    assert save_abroad(as_mara, "DE", zero="0").url == URL
    assert vat_rates() == {"DE": {"zero": "0.0"}}
    save(as_mara, reduced="8")
    assert vat_rates() == {"DE": {"zero": "0.0"}, "NL": {"reduced": "8.0"}}


@pytest.mark.parametrize("country", ["NL", "US", "XX", "GB"])
def test_there_are_no_rates_of_countries_where_oss_does_not_reach(as_mara, store, country):
    assert as_mara.get(f"{URL}{country}/").status_code == 404


def test_a_vat_number_that_looks_wrong_is_saved_with_a_warning(as_mara, store):
    save(as_mara, vat_number="NL123")
    assert StoreSettings.objects.get().vat_number == "NL123"
    assert "The VAT number was saved, but does not look valid for this country." in as_mara.get(URL).content.decode()


def test_either_number_will_do(as_mara, store):
    missing = "string(//div[h2='Still missing']/p)"
    assert html_of(as_mara.get(URL)).xpath(missing).startswith("VAT number or tax number.")
    save(as_mara, tax_number="21/815/08150")
    assert html_of(as_mara.get(URL)).xpath(missing) == ""


def test_a_number_of_ones_own_that_the_register_refuses_is_said(as_mara, store):
    assert "Your VAT number is refused" not in as_mara.get(URL).content.decode()
    VatCheck.objects.create(fingerprint="1", state="unavailable", fault="INVALID_REQUESTER_INFO")
    assert "Your VAT number is refused" in as_mara.get(URL).content.decode()


def test_a_product_without_a_class_of_its_own_is_taxed_at_the_standard_rate(store):
    assert Product().tax_class == "standard"
