"""The logo of the shop and the picture of its home page: uploaded, shown, replaced, removed."""

from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.test import Client
from PIL import Image

from orders.setting_up import opening
from shopadmin.mail.compose import compose
from shopadmin.models import StoreSettings
from shopadmin.store.pictures import forget_unused_files
from tests.factories import ProductFactory
from tests.orders.catalogue.picture_files import RUST, files_there, give_logo, give_picture, picture, upload
from tests.orders.catalogue.test_hostile_pictures import REFUSED
from tests.shown_page import errors, filled, html_of, value_of

URL = "/backoffice/settings/details/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]


def see_through() -> bytes:
    """Return a logo on no ground, twice as large as it is kept, with words in it that nobody sees."""
    image = Image.new("RGBA", (1280, 320), (0, 0, 0, 0))
    image.paste((0, 96, 112, 255), (0, 0, 640, 320))
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    image.save(file, "PNG", exif=exif)
    return file.getvalue()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done once a transaction is committed, done at the end of the block."""
    return django_capture_on_commit_callbacks


def send(client, **changes):
    return client.post(URL, filled(client.get(URL), "settings-form") | changes)


def logos_of(client, path: str) -> list[tuple[str, str]]:
    """Source and description of the logo of a page."""
    page = html_of(client.get(path))
    return [(image.get("src"), image.get("alt")) for image in page.xpath("//*[@class='shop-name']/img")]


def test_a_logo_is_kept_small_without_what_else_the_file_carries(as_mara):
    assert send(as_mara, logo=upload(see_through(), "logo.png")).status_code == 302
    logo = StoreSettings.objects.get().shown_logo
    assert ((logo.width, logo.height), files_there()) == ((480, 120), [logo.file_name(480, "png")])
    with storages["pictures"].open(f"shop/{files_there()[0]}") as file:
        content = file.read()
    kept = Image.open(BytesIO(content))
    assert (kept.getpixel((10, 10)), kept.getpixel((400, 10))[3], b"secret" in content) == ((0, 96, 112, 255), 0, False)


@pytest.mark.parametrize("path", ["/", "/account/sign-in/", "/cart/", "/backoffice/sign-in/", "/privacy/"])
def test_pages_show_the_logo_with_the_name_for_who_does_not_see_it(path):
    assert logos_of(Client(), path) == []
    logo = give_logo()
    assert logos_of(Client(), path) == [(f"/media/shop/{logo.sha256}-300.png", "Veld & Vorm")]


def test_the_page_before_the_opening_shows_it_too(client, monkeypatch):
    monkeypatch.setattr(opening, "_was_open", False)
    give_logo()
    assert (client.get("/").status_code, len(logos_of(client, "/"))) == (200, 1)


def test_emails_show_it_and_their_text_says_the_name():
    logo = give_logo()
    mail = compose("test", to="mara@shop.example", language="en", context={})
    source = f'src="http://localhost:8000/media/shop/{logo.sha256}-300.png" width="120" height="40"'
    assert source in mail.html
    assert mail.text.startswith("Veld & Vorm:\nhttp://localhost:8000/\n")


def test_its_address_never_changes_and_nothing_else_is_there(client):
    logo = give_logo()
    answer = client.get(f"/media/shop/{logo.sha256}-300.png")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "public, max-age=31536000, immutable")
    assert [client.get(f"/media/shop/{name}").status_code for name in (f"{'a' * 64}-300.png", "..%2fx")] == [404, 404]


def test_a_new_one_takes_the_place_of_the_old_one_and_removing_it_leaves_no_file(as_mara, committed):
    give_logo()
    with committed(execute=True):
        send(as_mara, logo=upload(picture(colour=RUST), "logo.png"))
    assert len(files_there()) == 1
    with committed(execute=True):
        send(as_mara, remove_logo="on")
    assert (StoreSettings.objects.get().logo, files_there()) == ("", [])


def test_saving_the_rest_leaves_it_alone(as_mara):
    logo = give_logo()
    send(as_mara, city="Zwolle")
    store = StoreSettings.objects.get()
    assert (store.logo, store.city, len(files_there())) == (logo.key, "Zwolle", 1)


@pytest.mark.parametrize("field", ["logo", "home_picture"])
@pytest.mark.parametrize("name", ["empty.png", "drawing.svg", "drawing.png", "half.png", "wide.png", "bomb.png"])
def test_what_is_no_picture_is_refused_with_the_reason_and_keeps_what_was_typed(as_mara, name, field):
    content, reason = REFUSED[name]
    page = send(as_mara, city="Zwolle", **{field: upload(content, name)})
    assert (errors(page), value_of(page, "city")) == ({field: reason}, "Zwolle")
    assert (getattr(StoreSettings.objects.get(), field), files_there()) == ("", [])


def test_what_is_too_large_is_refused(as_mara, settings):
    settings.PICTURE_MAX_SIZE = 100
    page = send(as_mara, logo=upload(picture(), "logo.png"))
    assert errors(page) == {"logo": "The file is too large. The maximum size is 100 bytes."}


def test_the_home_page_shows_the_merchants_picture_before_that_of_the_newest_product(as_mara):
    give_picture(ProductFactory())
    newest = html_of(as_mara.get("/")).xpath("//section[@class='hero']//img/@src")
    send(as_mara, home_picture=upload(picture(size=(1600, 1200), colour=RUST), "room.png"))
    [chosen] = html_of(as_mara.get("/")).xpath("//section[@class='hero']//img")
    assert chosen.get("src") == StoreSettings.objects.get().shown_home_picture.url != newest[0]
    assert (chosen.get("loading"), chosen.get("fetchpriority")) == (None, "high")
    assert as_mara.get(chosen.get("src")).status_code == 200


def test_a_file_that_a_killed_process_left_goes(as_mara):
    give_logo()
    storages["pictures"].save(f"shop/{'b' * 64}-300.png", BytesIO(b"x"))
    forget_unused_files()
    assert len(files_there()) == 1
