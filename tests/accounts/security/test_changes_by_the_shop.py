"""What the shop changed about a shopper: all of it, in words, and nothing that is the shop's own."""

import pytest

from customers.history import acting
from customers.models import Customer, Tag
from customers.models.history import ActorKind
from tests.factories import AddressFactory
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
PAGE, ALL = "/account/security/", "/account/security/changes/"


@pytest.fixture(autouse=True)
def in_english(ines):
    Customer.objects.filter(pk=ines.pk).update(language="en")
    ines.history.all().delete()


def shown(client, page=PAGE):
    """Sentence and changes of each entry: field, and what it was and is now."""
    entries = html_of(client.get(page)).xpath("//div[@class='timeline']//li")
    return [(text_of(entry.find("div/p")), [changed(name) for name in entry.iter("dt")]) for entry in entries]


def changed(name):
    return (text_of(name), *(text_of(value) for value in name.getnext()))


def by_mara(mara, ines, **changed):
    with acting.merchant(mara):
        Customer.objects.filter(pk=ines.pk).update(**changed)


def test_a_merchants_change_shows_field_old_and_new_but_not_who(as_ines, ines, mara, store):
    by_mara(mara, ines, last_name="Jansen", gender="female")
    entry = (
        f"{store.name} changed your details",
        [
            ("Last name", "was van der Meulen", "is now Jansen"),
            ("Gender", "was Not stated", "is now Female"),
        ],
    )
    assert shown(as_ines) == [entry]
    assert "Mara" not in as_ines.get(PAGE).content.decode()


def test_an_address_and_the_company_are_called_so(as_ines, ines, mara, store):
    with acting.merchant(mara):
        AddressFactory(customer=ines, kind="shipping", street="Oudegracht")
    ines.history.update(at="2026-11-20T10:00Z")
    by_mara(mara, ines, vat_number="NL004495445B01")
    sentences = [sentence for sentence, _changes in shown(as_ines)]
    assert sentences == [f"{store.name} changed your {what}" for what in ("company details", "shipping address")]


def test_commands_are_told_of_and_ones_own_changes_not(as_ines, ines):
    with acting.acting(ActorKind.COMMAND, source="import_customers"):
        Customer.objects.filter(pk=ines.pk).update(phone="+31302314567")
    with acting.shopper(ines, source="account"):
        Customer.objects.filter(pk=ines.pk).update(first_name="Inez")
    assert [changes for _sentence, changes in shown(as_ines)] == [[("Phone", "is now +31 30 231 4567")]]


def test_what_is_the_shops_own_is_never_shown(as_ines, ines, mara):
    by_mara(mara, ines, notes="Pays late")
    with acting.merchant(mara):
        ines.tags.add(Tag.objects.named("awkward"))
    for page in (PAGE, ALL):
        html = as_ines.get(page).content.decode()
        assert ("Pays late" in html, "awkward" in html, shown(as_ines, page)) == (False, False, [])


def test_ottos_are_not_iness(client, ines, otto, mara):
    by_mara(mara, ines, last_name="Jansen")
    client.force_login(otto)
    assert [shown(client, page) for page in (PAGE, ALL)] == [[], []]


def test_older_ones_follow_page_by_page(as_ines, ines):
    for minute in range(23):
        at = f"2026-11-20T10:{minute:02}Z"
        ines.history.create(at=at, actor_kind="merchant", field="phone", old="", new=f"+3130231{minute:04}", seen=True)
    newest = shown(as_ines, ALL)
    older = html_of(as_ines.get(ALL)).xpath("//a[text()='Older']/@href")[0]
    assert (len(shown(as_ines)), len(newest), len(shown(as_ines, f"{ALL}{older}"))) == (5, 20, 3)


@pytest.mark.parametrize("before", ["", "x", "2026-13-40T00:00Z", "2026-11-20", "0001-01-01T00:00:00+14:00"])
def test_any_other_address_shows_the_newest(as_ines, before):
    assert as_ines.get(ALL, {"before": before}).status_code == 200
