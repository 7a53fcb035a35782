import pytest
from django.utils.text import capfirst

from shopadmin.models import StoreSettings
from shopadmin.store.section_forms import ShopDetailsForm
from shopadmin.store.sections import section_of, sections
from tests.shown_page import errors, filled, form_with, html_of, text_of, value_of

pytestmark = pytest.mark.any_database

URL = "/backoffice/settings/"
POLICY = "https://shop.example/privacy"
SECTIONS = [section.slug for section in sections if section.form]


def url_of(section):
    return f"{URL}{section}/"


def section_with(name):
    """The section of the settings in which a field stands."""
    return next(slug for slug in SECTIONS if name in fields_of(slug))


def fields_of(section):
    return section_of(section).form(store=StoreSettings.current()).fields


def filled_in(client, section, **changes):
    """What a browser sends after somebody opened the section and changed some entries; None empties one."""
    return filled(client.get(url_of(section)), "settings-form", **changes)


def saved(client, **changes):
    """The settings after these changes, each made in its section; fails unless they were taken."""
    for section in SECTIONS:
        here = {name: value for name, value in changes.items() if name in fields_of(section)}
        if here:
            response = client.post(url_of(section), filled_in(client, section, **here))
            assert response.status_code == 302, errors(response)
    return StoreSettings.objects.get()


def said(client, section):
    """The page of a section, as text."""
    return client.get(url_of(section)).content.decode()


def test_a_stranger_is_sent_to_sign_in(client, store):
    response = client.get(URL)
    assert (response.status_code, response["Location"]) == (302, "/backoffice/sign-in/?next=/backoffice/settings/")


def test_it_does_not_exist_for_a_shopper(client, otto, store):
    client.force_login(otto)
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize("person", ["sam", "rosa"])
def test_only_the_owner_may_enter(client, person, request, store):
    client.force_login(request.getfixturevalue(person))
    for url in (URL, url_of("accounts")):
        assert client.get(url).status_code == 403
    assert client.post(url_of("accounts"), {"accounts_enabled": ""}).status_code == 403
    assert StoreSettings.objects.get().accounts_enabled


def test_it_leads_to_every_section(as_mara):
    links = html_of(as_mara.get(URL)).xpath("//main//a/@href")
    assert sorted(links) == sorted(section.url for section in sections)
    assert {as_mara.get(link).status_code for link in links} == {200}


def test_a_section_that_does_not_exist_is_not_found(as_mara):
    assert as_mara.get(url_of("moon")).status_code == 404


def test_it_shows_what_is_set(as_mara):
    assert value_of(as_mara.get(url_of("details")), "name") == "Veld & Vorm"
    assert value_of(as_mara.get(url_of("country")), "languages") == {"en", "nl", "de"}


def test_everything_is_saved_and_said(as_mara):
    store = saved(
        as_mara, country="DE", approval="business", notification_email="neu@shop.example", order_prefix="vv",
        invoice_when="paid", payment_days="30", currency="CHF", time_zone="Europe/Berlin", retention_years="9",
        payment_methods=["invoice"], iban="nl91 abna 0417 1643 00", bic="ABNANL2A",
    )  # fmt: skip
    assert (store.country.code, store.approval, store.notification_email) == ("DE", "business", "neu@shop.example")
    assert (store.order_prefix, store.invoice_when, store.payment_days) == ("VV", "paid", 30)
    assert (store.currency, store.time_zone, store.retention_years) == ("CHF", "Europe/Berlin", 9)
    assert (store.payment_methods, store.iban, store.bic) == (["invoice"], "NL91ABNA0417164300", "ABNANL2A")
    assert "Settings saved" in said(as_mara, "details")


def test_a_section_leaves_what_somebody_saves_in_another_alone(as_mara, store, monkeypatch):
    entries = filled_in(as_mara, "details", phone="+31 30 555 01 20", city="")
    save = ShopDetailsForm.save

    def save_after_somebody_else(form):
        StoreSettings.objects.update(order_prefix="VV", iban="NL91ABNA0417164300")
        return save(form)

    monkeypatch.setattr(ShopDetailsForm, "save", save_after_somebody_else)
    as_mara.post(url_of("details"), entries)
    store.refresh_from_db()
    assert (store.phone, store.order_prefix, store.iban) == ("+31 30 555 01 20", "VV", "NL91ABNA0417164300")


def test_saving_without_a_change_changes_nothing(as_mara, store):
    before = StoreSettings.objects.values().get()
    saved(as_mara, languages=["nl", "en", "de"])
    assert StoreSettings.objects.values().get() == before | {"languages": ["nl", "en", "de"]}


def label_of(name):
    return str(capfirst(StoreSettings._meta.get_field(name).verbose_name))


def test_what_the_law_wants_of_a_seller_is_asked_for_until_it_is_there(as_mara, store):
    entries = {"street": "Oudegracht 1", "postcode": "3511 AW", "city": "Utrecht", "contact_email": "a@shop.example"}
    nothing, nearly = {"name": "Shop", "contact_email": ""}, {"name": "Veld", **entries, "city": ""}
    for changes, missing in [(nothing, [label_of(name) for name in ["name", *entries]]), (nearly, [label_of("city")])]:
        saved(as_mara, **changes)
        assert missing_in(as_mara, "details") == ", ".join(missing)
    saved(as_mara, **entries)
    assert missing_in(as_mara, "details") == ""


def test_the_index_says_which_sections_are_incomplete(as_mara, store):
    StoreSettings.objects.update(vat_number="NL001234567B01")
    links = html_of(as_mara.get(URL)).xpath("//main//a[contains(., 'Incomplete')]/@href")
    assert links == [url_of(section) for section in ("details", "legal", "payment", "delivery")]
    saved(as_mara, iban="NL91ABNA0417164300")
    beside = "//nav[@aria-label='Settings']//a[contains(., 'Incomplete')]/@href"
    links = html_of(as_mara.get(url_of("taxes"))).xpath(beside)
    assert links == [url_of(section) for section in ("details", "legal", "delivery")]


def missing_in(client, section):
    """What the page of a section says is not there yet."""
    return html_of(client.get(url_of(section))).xpath("string(//div[h2='Still missing']/p)")


def test_accounts_can_be_switched_off(as_mara):
    assert not saved(as_mara, accounts_enabled=None).accounts_enabled


def test_guests_can_be_sent_to_the_door_but_not_everybody(as_mara):
    assert not saved(as_mara, guest_checkout=None).guest_checkout
    refused = as_mara.post(url_of("accounts"), filled_in(as_mara, "accounts", accounts_enabled=None))
    assert errors(refused) == {"guest_checkout": "Without customer accounts, guests must be able to order"}
    assert StoreSettings.objects.get().accounts_enabled


@pytest.mark.parametrize(
    ("country", "chosen", "kept"),
    [
        ("NL", ["de", "en", "nl"], ["nl", "en", "de"]),
        ("BE", ["de", "en", "fr", "nl"], ["nl", "fr", "de", "en"]),
        ("DE", ["nl", "pl", "de"], ["de", "nl", "pl"]),
    ],
)
def test_the_languages_of_the_country_come_first(as_mara, country, chosen, kept):
    assert saved(as_mara, country=country, languages=chosen).languages == kept


def test_a_language_is_offered_by_its_name_those_of_the_country_first(as_mara, store):
    store.country = "BE"
    store.save()
    ticks = html_of(as_mara.get(url_of("country"))).xpath("//input[@name='languages']")
    offered = [(tick.get("value"), text_of(tick.label)) for tick in ticks]
    assert [name for _code, name in offered[:4]] == ["Dutch", "French", "German", "English"]
    assert ("pl", "Polish") in offered


@pytest.mark.parametrize(
    ("entry", "value", "message"),
    [
        ("name", "", "This field is required."),
        ("languages", [], "Choose at least 1 language"),
        ("languages", ["tlh"], "Select a valid choice. tlh is not one of the available choices."),
        ("iban", "NL91ABNA0417164301", "Enter a valid IBAN, as shown on your bank statement"),
        ("bic", "ABN", "Enter a BIC of 8 or 11 letters and digits"),
        ("sender_email", "shop", "Enter a valid email address."),
        ("order_prefix", "V-1", "Use only the letters A to Z"),
        ("invoice_prefix", "2026", "Use only the letters A to Z"),
        ("invoice_prefix", "RECHN", "Ensure this value has at most 4 characters (it has 5)."),
        ("credit_note_prefix", "", "Enter a prefix that is different from the one for invoices"),
        ("time_zone", "Moon/Base", "Select a valid choice. Moon/Base is not one of the available choices."),
        ("erase_guests_after_days", "29", "Ensure this value is greater than or equal to 30."),
        ("payment_days", "99999999999", "Ensure this value is less than or equal to 365."),
        ("privacy_policy", "ftp://shop.example/privacy", "Enter a link that begins with https://"),
        ("terms", "https://", "Enter a link that begins with https://"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_everything_typed_is_kept(as_mara, entry, value, message):
    section, before = section_with(entry), StoreSettings.objects.values().get()
    response = as_mara.post(url_of(section), filled_in(as_mara, section, **{entry: value}))
    assert (response.status_code, errors(response)) == (200, {entry: message})
    heading = section_of(section).heading
    assert f"<title>Error: {heading} · Settings · Veld &amp; Vorm · Backoffice</title>" in response.content.decode()
    assert StoreSettings.objects.values().get() == before


def test_a_bank_that_no_list_knows_yet_has_accounts_too(as_mara):
    saved(as_mara, iban="BE68 5390 0754 7034")
    assert StoreSettings.objects.get().iban == "BE68539007547034"


def test_everything_typed_is_kept(as_mara):
    response = as_mara.post(url_of("details"), filled_in(as_mara, "details", tagline="Kept", contact_email="shop"))
    assert (response.status_code, value_of(response, "tagline")) == (200, "Kept")
    assert StoreSettings.objects.get().tagline == {}


def test_the_shop_is_introduced_in_each_of_its_languages(as_mara):
    store = saved(as_mara, tagline="Things", tagline_de="Dinge", introduction="Made here.", opening_hours_nl="Elke dag")
    assert (store.tagline, store.introduction) == ({"": "Things", "de": "Dinge"}, {"": "Made here."})
    assert store.opening_hours == {"nl": "Elke dag"}


def test_what_each_text_is_for_is_said_once(as_mara):
    page = html_of(as_mara.get(url_of("details")))
    assert page.xpath("//p[.='The heading of your home page.']/@id") == ["id_tagline-hint"]
    labels = [text_of(page.xpath(f"//label[@for='id_{name}']")[0]) for name in ("tagline", "tagline_nl")]
    assert labels == ["Tagline, English", "Tagline, Dutch"]


def test_texts_that_go_with_orders_say_so(as_mara):
    page = html_of(as_mara.get(url_of("legal")))
    mailed = page.xpath("//p[starts-with(., 'Sent with each order confirmation')]/@id")
    assert mailed == ["id_terms-hint", "id_withdrawal_information-hint"]


def test_a_text_that_customers_must_get_and_that_is_only_linked_is_warned_of(as_mara, store):
    store.terms, store.withdrawal_information = {"": "Our terms."}, {"": "https://shop.example/withdrawal"}
    store.save()
    warned = [text_of(heading) for heading in html_of(as_mara.get(url_of("legal"))).xpath("//aside//h2 | //form//h2")]
    assert "A link is not enough for: Withdrawal information" in warned
    saved(as_mara, withdrawal_information="Write to us.", privacy_policy=POLICY)
    assert "A link is not enough for" not in said(as_mara, "legal")


def test_there_is_a_text_for_each_language_that_shop_and_product_speak(as_mara, store):
    store.languages = ["en", "nl", "fr"]
    store.save()
    names = form_with(as_mara.get(url_of("legal")), "terms").inputs.keys()
    assert [name for name in names if name.startswith("terms")] == ["terms", "terms_nl"]


def test_texts_are_kept_by_language(as_mara, client):
    store = saved(
        as_mara, languages=["en", "nl"], country="GB", privacy_policy="We keep little.", privacy_policy_nl=POLICY
    )
    assert store.privacy_policy == {"": "We keep little.", "nl": POLICY}


def test_a_new_first_language_brings_its_own_tagline_forward(as_mara, store):
    store.tagline, store.opening_hours = {"": "Things", "nl": "Dingen"}, {"": "Every day"}
    store.save()
    now = saved(as_mara, languages=["nl", "en"])
    assert (now.tagline, now.opening_hours) == (
        {"": "Dingen", "en": "Things"}, {"": "Every day", "en": "Every day"},
    )  # fmt: skip


def test_a_new_first_language_brings_its_own_text_forward(as_mara, store):
    store.terms = {"": "English terms", "nl": "Nederlandse voorwaarden"}
    store.save()
    assert saved(as_mara, languages=["nl", "en"]).terms == {"": "Nederlandse voorwaarden", "en": "English terms"}
    assert saved(as_mara, country="DE", languages=["de", "nl"]).terms == {
        "": "Nederlandse voorwaarden", "nl": "Nederlandse voorwaarden", "en": "English terms",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("country", "field", "years", "words"),
    [
        ("NL", "retention_years", "6", "The law of this country (Netherlands, art. 52(4) AWR) requires 7 years."),
        (
            "DE",
            "order_retention_years",
            "5",
            "The law of this country (Germany, § 147(3) AO, § 257(4) HGB) requires 6 years.",
        ),
        ("US", "retention_years", "5", "In this country (United States of America), 7 years is customary."),
        (
            "JP",
            "order_retention_years",
            "9",
            "The legal retention period in this country (Japan) is not known. With 10 years you are on the safe side.",
        ),
    ],
)
def test_a_retention_below_the_default_is_saved_with_a_warning_that_stays(as_mara, store, country, field, years, words):
    assert words not in said(as_mara, "privacy")
    assert getattr(saved(as_mara, country=country, **{field: years}), field) == int(years)
    assert said(as_mara, "privacy").count(words) == 2  # what is said once, and what stands beside the field
    assert said(as_mara, "privacy").count(words) == 1


def test_the_standard_period_of_the_country_stands_beside_each_field(as_mara, store):
    saved(as_mara, country="DE")
    hints = [
        text_of(hint)
        for hint in html_of(as_mara.get(url_of("privacy"))).xpath("//p[contains(@id, 'retention_years-hint')]")
    ]
    words = "Leave empty to use the standard period in the shop's country: %s years."
    assert hints == [words % 8, words % 6]


def test_years_that_no_law_asks_for_are_called_customary(as_mara, store):
    StoreSettings.objects.update(country="US")
    hints = html_of(as_mara.get(url_of("privacy"))).xpath("//p[contains(@id, 'retention_years-hint')]")
    words = "Leave empty to use the customary period: 7 years. No law in the shop's country requires one."
    assert [text_of(hint) for hint in hints] == [words, words]


@pytest.mark.parametrize("years", ["7", "12", ""])
def test_a_retention_that_is_long_enough_is_no_matter(as_mara, store, years):
    saved(as_mara, retention_years=years)
    assert "The law of this country" not in said(as_mara, "privacy")


def test_what_is_usual_in_another_country_is_offered_and_taken_over_at_one_press(as_mara, store):
    url = url_of("country")
    saved_page = as_mara.post(url, filled(as_mara.get(url), "settings-form", country="CH"), follow=True)
    offered = text_of(html_of(saved_page).xpath("//*[h2='Usual in this country']")[0])
    for words in ("Languages: German, French, Italian", "Currency: CHF", "Time zone: Europe/Zurich"):
        assert words in offered
    assert (StoreSettings.objects.get().currency, "Usual in" in said(as_mara, "country")) == ("EUR", False)
    assert as_mara.post(url, filled(saved_page, "usual-form")).url == url
    store = StoreSettings.objects.get()
    assert (store.currency, store.time_zone) == ("CHF", "Europe/Zurich")
    assert set(store.languages) == {"de", "fr", "it", "en", "nl"}


def test_nothing_is_offered_where_it_all_fits(as_mara, store):
    url = url_of("country")
    assert (
        as_mara.post(
            url,
            filled(
                as_mara.get(url),
                "settings-form",
                country="BE",
                time_zone="Europe/Brussels",
                languages=["nl", "fr", "de"],
            ),
        ).url
        == url
    )
