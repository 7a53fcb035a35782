"""Two merchants with the same form open: what the first saved never disappears without the second having seen it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from customers.models import Address, Customer, Tag
from orders.models import DeliveryMethod, Order
from shopadmin.models import StoreSettings
from shopadmin.store.sections import sections
from tests.factories import CategoryFactory, DeliveryMethodFactory, ProductFactory
from tests.orders.catalogue.picture_files import give_picture
from tests.orders.editing.edits import URL as ORDER
from tests.orders.editing.edits import order_of_mugs
from tests.shown_page import errors, filled, html_of, sent_by, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("store")]
SETTINGS = "/backoffice/settings/"
FORM = "//main//form[@method='post' and not(@hidden)][.//input[@type!='hidden'] or .//select or .//textarea]"


def opened(client: Client, url: str) -> dict:
    """What the form of a page would send as it stands."""
    return sent_by(form_of(client.get(url)))


def form_of(response: HttpResponse):
    [form, *_others] = html_of(response).xpath(FORM)
    return form


def conflicts_in(response: HttpResponse) -> dict[str, tuple[str, str]]:
    """The fields that the page asks about, with their value and ours."""
    found = html_of(response).xpath("//fieldset[starts-with(@id, 'keep-')]")
    return {
        one.get("id").removeprefix("keep-"): tuple(text_of(label) for label in one.xpath(".//label")) for one in found
    }


@dataclass
class Page:
    """A form: the row behind it, and two fields with what the two editors make of them."""

    make: Callable[[], Model]
    url: str
    field: str
    other: str
    column: str = ""

    def value(self, row: Model) -> str:
        return str(getattr(type(row).objects.get(pk=row.pk), self.column or self.field))


PAGES = {
    "product": Page(ProductFactory, "/backoffice/products/{pk}/", "name", "summary"),
    "delivery method": Page(DeliveryMethodFactory, f"{SETTINGS}delivery/{{pk}}/", "name", "delivery_time"),
    "category": Page(CategoryFactory, "/backoffice/products/categories/{pk}/", "name", "name_nl"),
    "tag": Page(lambda: Tag.objects.create(name="vip"), "/backoffice/customers/tags/{pk}/rename/", "name", ""),
    "shop": Page(StoreSettings.current, f"{SETTINGS}details/", "name", "city"),
    "text": Page(StoreSettings.current, f"{SETTINGS}details/", "tagline_nl", "city", "tagline"),
    "taxes": Page(StoreSettings.current, f"{SETTINGS}taxes/", "vat_number", "tax_number"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_second_chooses_what_both_changed_and_undoes_nothing_else(as_mara, name):
    page, row = PAGES[name], PAGES[name].make()
    url = page.url.format(pk=row.pk)
    first, second = opened(as_mara, url), opened(as_mara, url)
    assert as_mara.post(url, first | {page.field: "Theirs", page.other or "x": "Kept"}).status_code == 302
    answer = as_mara.post(url, second | {page.field: "Mine"})
    assert conflicts_in(answer) == {page.field: ("Theirs", "Mine")}
    assert "Theirs" in page.value(row)
    chosen = sent_by(form_of(answer)) | {f"keep-{page.field}": "mine"}
    assert as_mara.post(url, chosen).status_code == 302
    assert "Mine" in page.value(row)
    assert not page.other or opened(as_mara, url)[page.other] == "Kept"


def test_a_role_that_another_owner_gave_is_shown(as_mara, sam, ines):
    url = f"/backoffice/staff/{sam.pk}/role/"
    form = opened(as_mara, url)
    Customer.objects.filter(pk=sam.pk).update(role="manager")
    answer = as_mara.post(url, form | {"role": "readonly"})
    assert conflicts_in(answer) == {"role": ("Manager", "Read-only")}
    assert Customer.objects.get(pk=sam.pk).role == "manager"


def test_ticks_and_lists_that_others_changed_stay(as_mara):
    method = DeliveryMethodFactory(countries=[], active=True)
    url = f"{SETTINGS}delivery/{method.pk}/"
    form = opened(as_mara, url)
    DeliveryMethod.objects.update(countries=["NL", "BE"], active=False, price="7.50", free_from=None)
    assert as_mara.post(url, form | {"name": "By bicycle"}).status_code == 302
    method.refresh_from_db()
    assert (method.name, method.countries, method.active) == ("By bicycle", ["NL", "BE"], False)
    assert (str(method.price), method.free_from) == ("7.50", None)


def test_a_description_of_a_picture_that_somebody_else_wrote_is_shown(as_mara):
    mug = ProductFactory()
    picture = give_picture(mug)
    name, url = f"picture_{picture.pk}-description", f"/backoffice/products/{mug.pk}/pictures/"
    form = filled(as_mara.get(url), "pictures-form")
    picture.description = "Theirs"
    picture.save()
    answer = as_mara.post(f"{url}texts/", form | {name: "Mine"})
    assert "Someone else has saved “Theirs” here" in errors(answer)[name]
    assert as_mara.post(f"{url}texts/", filled(answer, "pictures-form")).status_code == 302
    picture.refresh_from_db()
    assert picture.description == "Mine"


@pytest.mark.parametrize("url", [f"{SETTINGS}{one.slug}/" for one in sections if one.form] + [f"{SETTINGS}taxes/DE/"])
def test_every_section_sends_back_what_its_editor_saw(as_mara, url):
    form = form_of(as_mara.get(url))
    names = {one.get("name") for one in form.inputs if one.get("name") and one.get("type") != "hidden"}
    seen = {one.get("name").removeprefix("initial-") for one in form.inputs if one.get("type") == "hidden"}
    files = {control.get("name") for control in form.xpath(".//input[@type='file']")}
    assert names - files == seen - {"csrfmiddlewaretoken"}


# --- Any two editors, any fields


@dataclass
class Desk:
    """A page at which two sit: its fields, how it is opened and sent, and what stands there in the end."""

    fields: list[str]
    open: Callable[[Client], dict]
    send: Callable[[Client, dict], HttpResponse]
    form: str
    now: Callable[[], dict[str, str]]


def at_form(url: str, form: str, fields: list[str], now: Callable[[], dict[str, str]]) -> Desk:
    return Desk(
        fields, lambda client: filled(client.get(url), form), lambda client, data: client.post(url, data), form, now
    )


def customer_now(ines: Customer) -> dict[str, str]:
    row, address = Customer.objects.get(pk=ines.pk), Address.objects.get(customer=ines, kind="billing")
    person = {name: getattr(row, name) for name in ("first_name", "last_name")}
    return person | {f"billing-{name}": getattr(address, name) for name in ("street", "city", "addition")}


def order_now() -> dict[str, str]:
    order = Order.objects.get()
    address = order.addresses.get(kind="billing")
    person = {name: getattr(order, name) for name in ("first_name", "last_name")}
    return person | {f"billing-{name}": getattr(address, name) for name in ("street", "addition")}


def settings_now() -> dict[str, str]:
    store = StoreSettings.objects.get()
    texts = {"tagline": store.tagline.get("", ""), "tagline_nl": store.tagline.get("nl", "")}
    return texts | {name: getattr(store, name) for name in ("name", "city", "phone")}


def send_order(client: Client, data: dict) -> HttpResponse:
    """Review and save; the review, or the form again, where that is not the end of it."""
    answer = client.post(f"{ORDER}review/", data)
    if answer.status_code == 200 and "agreed" in filled(answer, "order-form"):
        return client.post(f"{ORDER}save/", filled(answer, "order-form"))
    return answer


@pytest.fixture
def desks(ines) -> dict[str, Desk]:
    order_of_mugs(ines)
    customer = ["first_name", "last_name", "billing-street", "billing-city", "billing-addition"]
    url = f"/backoffice/customers/{ines.pk}/edit/"
    shop = ["name", "city", "phone", "tagline", "tagline_nl"]
    on_order = ["first_name", "last_name", "billing-street", "billing-addition"]
    return {
        "customer": at_form(url, "customer-form", customer, lambda: customer_now(ines)),
        "settings": at_form(f"{SETTINGS}details/", "settings-form", shop, settings_now),
        "order": replace(at_form(ORDER, "order-form", on_order, order_now), send=send_order),
    }


NEEDED = {"first_name", "last_name", "name", "billing-street", "billing-city"}
words = st.sampled_from(["", "Alpha", "Beta", "Gamma"])
changes = st.lists(st.tuples(st.integers(0, 4), words), max_size=4)
few = settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def typed(desk: Desk, changes: list[tuple[int, str]]) -> dict[str, str]:
    wanted = {desk.fields[at % len(desk.fields)]: word for at, word in changes}
    return {name: word for name, word in wanted.items() if word or name not in NEEDED}


@few
@given(
    where=st.sampled_from(["customer", "settings", "order"]), by_first=changes, by_second=changes,
    choices=st.lists(st.sampled_from(["mine", "theirs"]), min_size=5, max_size=5),
)  # fmt: skip
def test_no_accepted_change_disappears_without_being_shown(as_mara, desks, where, by_first, by_second, choices):
    desk = desks[where]
    with transaction.atomic():
        _two_save(as_mara, desk, typed(desk, by_first), typed(desk, by_second), choices)
        transaction.set_rollback(True)


def _two_save(client: Client, desk: Desk, by_first: dict, by_second: dict, choices: list[str]) -> None:
    first, second, before = desk.open(client), desk.open(client), desk.now()
    assert desk.send(client, first | by_first).status_code == 302
    accepted = desk.now()
    assert accepted.items() >= by_first.items()
    answer, shown = desk.send(client, second | by_second), ""
    for _turn in range(2):
        if answer.status_code == 302:
            break
        shown += text_of(html_of(answer))
        asked = dict(zip((f"keep-{name}" for name in conflicts_in(answer)), choices, strict=False))
        answer = desk.send(client, filled(answer, desk.form) | asked)
    assert answer.status_code == 302
    for name, value in desk.now().items():
        assert value in (accepted[name], by_second.get(name))
        assert value == accepted[name] or accepted[name] == before[name] or (accepted[name] or "empty") in shown
