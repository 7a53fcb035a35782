"""From `migrate` and `createsuperuser` to the first parcel, as a merchant and a guest go there."""

import re
from collections.abc import Iterator
from shutil import copytree
from types import SimpleNamespace

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect

from tests.accounts.second_factor import shown_by
from tests.browser.conftest import watched
from tests.browser.first_order_words import words_in
from tests.browser.first_shop import OWNER, PASSWORD, Shop, first_shop
from tests.browser.visitor import Visitor
from tests.orders.catalogue.picture_files import RUST, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GUEST, COLLEAGUE, TRACKING = "gus@post.example", "joris@shop.example", "3SABCD0123456"
# (language, whether scripts run) on each database
WALKS = {"postgresql": [("en", True), ("de", False)], "sqlite": [("nl", True)]}


@pytest.fixture
def shop(tmp_path, collected) -> Iterator[Shop]:
    copytree(collected, tmp_path / "static", dirs_exist_ok=True)
    with first_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def visitor(chromium: Browser, shop):
    """`visitor("nl", scripts=True)`: somebody new in a browser that asks for that language."""
    pages = []

    def visitor(language: str, *, scripts: bool) -> Visitor:
        context = chromium.new_context(
            base_url=shop.url, locale=language, java_script_enabled=scripts, reduced_motion="reduce"
        )
        pages.append(watched(context.new_page()))
        return Visitor(pages[-1])

    yield visitor
    troubles = [trouble for page in pages for trouble in page.troubles]
    for page in pages:
        page.context.close()
    assert troubles == []


@pytest.mark.parametrize(("language", "scripts"), WALKS[connection.vendor])
def test_an_empty_shop_is_set_up_and_sends_its_first_parcel(shop, visitor, tmp_path, language, scripts):
    words = SimpleNamespace(**words_in(language))
    owner, guest = visitor(language, scripts=scripts), visitor(language, scripts=scripts)
    sign_in(owner, words)
    set_up_second_factor(owner, words, shop)
    set_up_country_and_details(owner, words)
    guest.comes_to("/")
    guest.reads(words.soon)
    set_up_taxes_and_payment(owner, words)
    add_first_product(owner, words, tmp_path, scripts)
    add_delivery_and_legal_texts(owner, words)
    send_test_email_and_invite(owner, words, shop)
    number = order(guest, words)
    take_payment_and_ship(owner, words, number)
    mail = shop.mail_to(GUEST, words.on_its_way)
    inbox = guest.page.context.new_page()
    inbox.set_content(mail.get_body(["html"]).get_content())
    link = inbox.get_by_role("link", name=words.track)
    expect(link).to_have_attribute("href", re.compile(f"^{re.escape(words.carriers_page)}.*{TRACKING}"))


def sign_in(owner: Visitor, words: SimpleNamespace) -> None:
    owner.comes_to("/backoffice/")
    owner.types({words.email: OWNER, words.password: PASSWORD})
    owner.presses(words.sign_in)


def set_up_second_factor(owner: Visitor, words: SimpleNamespace, shop: Shop) -> None:
    """An authenticator app, by the code that `createsuperuser` printed: no email of a new shop is sure to arrive."""
    owner.presses(words.use_app)
    owner.page.get_by_text(words.from_server).click()
    owner.types({words.code: shop.set_up_code})
    owner.presses(words.go_on)
    secret = owner.page.locator("code").inner_text().replace(" ", "")
    owner.types({words.code: shown_by(secret)})
    owner.presses(words.add_app, words.later)
    owner.reads(words.guide)


def set_up_country_and_details(owner: Visitor, words: SimpleNamespace) -> None:
    owner.presses(words.country_step)
    owner.chooses(words.country, words.of_the_shop)
    owner.ticks(words.not_spoken, words.spoken)
    owner.chooses(words.time_zone, words.place)
    owner.presses(words.save, words.details_step)
    owner.types({words.shop_name: "Zeezicht", words.street_and_number: "Main Street 1", words.city: "Galway"})
    owner.types({words.postcode: "1000", words.contact: "shop@shop.example"})
    owner.presses(words.save)


def set_up_taxes_and_payment(owner: Visitor, words: SimpleNamespace) -> None:
    owner.presses(words.taxes_step)
    owner.types({words.vat_number: words.number_of_the_shop})
    owner.presses(words.save, words.payment_step)
    owner.types({"IBAN": words.account_of_the_shop})
    owner.presses(words.save)


def add_first_product(owner: Visitor, words: SimpleNamespace, folder, scripts: bool) -> None:
    owner.presses(words.product_step)
    owner.types({words.name: words.mug, words.price: "12,50", words.category: words.table})
    owner.presses(words.save)
    files = [folder / "blue.png", folder / "rust.png"]
    for file, content in zip(files, [picture(), picture(colour=RUST)], strict=True):
        file.write_bytes(content)
    owner.hands_over(words.add_pictures, *files)
    if not scripts:
        owner.presses(words.upload)
    expect(owner.field(words.second_picture)).to_be_visible()


def add_delivery_and_legal_texts(owner: Visitor, words: SimpleNamespace) -> None:
    owner.presses(words.dashboard, words.delivery_step)
    owner.types({words.name: words.parcel, words.price: "4,95"})
    owner.presses(words.save, words.legal_step)
    owner.types(dict.fromkeys([words.privacy, words.terms, words.withdrawal], "As the law says."))
    owner.presses(words.save)


def send_test_email_and_invite(owner: Visitor, words: SimpleNamespace, shop: Shop) -> None:
    owner.presses(words.test_step, words.send_test)
    shop.mail_to(OWNER, words.test_subject)
    owner.presses(words.dashboard)
    owner.reads(words.open)
    owner.presses(words.staff_step)
    owner.types({words.email: COLLEAGUE, words.first_name: "Joris"})
    owner.presses(words.invite)
    shop.mail_to(COLLEAGUE, words.invited)
    owner.presses(words.dashboard)
    expect(owner.page.get_by_role("heading", name=words.guide)).to_have_count(0)


def order(guest: Visitor, words: SimpleNamespace) -> str:
    """Order as a guest; returns the number of the order."""
    guest.comes_to("/")
    guest.presses(words.mug, words.to_cart, words.checkout)
    guest.types({words.first_name: "Gus", words.last_name: "Gast", words.email: GUEST})
    guest.types({words.street: "Quay", words.house_number: "7", words.city: "Brugge"})
    guest.types({words.postcode: words.postcode_at_home})
    guest.presses(words.to_delivery)
    guest.ticks(words.parcel, words.by_transfer)
    guest.presses(words.to_review, words.order)
    guest.reads(words.thanks)
    return re.search(r"\b\d{5,}\b", guest.page.locator("main").inner_text())[0]


def take_payment_and_ship(owner: Visitor, words: SimpleNamespace, number: str) -> None:
    owner.presses(words.orders, number, words.pay, words.pay, words.ship)
    owner.types({words.tracking_number: TRACKING})
    owner.presses(words.ship)
