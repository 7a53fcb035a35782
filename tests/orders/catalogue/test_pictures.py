"""Pictures of a product: added, described, sorted and removed in the backoffice."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image

from orders.catalogue import pictures
from orders.models import Product
from shopadmin.pictures.picture import Picture
from tests.factories import OrderFactory, ProductFactory
from tests.orders.catalogue.picture_files import RUST, TEAL, files_there, give_picture, picture, upload
from tests.shown_page import error_summary, errors, html_of, value_of

pytestmark = pytest.mark.any_database


@pytest.fixture
def mug(store) -> Product:
    return ProductFactory(name="Mug", translations={"nl": {"name": "Mok"}})


def url_of(product: Product, part: str = "") -> str:
    return f"/backoffice/products/{product.pk}/pictures/{part}"


def send(client, product: Product, *contents: bytes, **options):
    files = [upload(content, f"{number}.png") for number, content in enumerate(contents, 1)]
    return client.post(url_of(product), {"pictures": files}, **options)


def colours(product: Product) -> list[str]:
    """Return what the files of a product's pictures show, in their order."""
    return [{TEAL: "teal", RUST: "rust"}[nearest(row.picture)] for row in product.pictures.all()]


def nearest(shown: Picture) -> tuple[int, int, int]:
    image = opened(shown.file_name(shown.widths[0], "jpg"))
    found = image.convert("RGB").getpixel((5, 5))
    return min((TEAL, RUST), key=lambda colour: sum(abs(a - b) for a, b in zip(colour, found, strict=True)))


def opened(name: str) -> Image.Image:
    with storages["pictures"].open(f"products/{name}") as file:
        return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_support_may_not_change_pictures(client, request, mug, who):
    row = give_picture(mug)
    client.force_login(request.getfixturevalue(who))
    posts = ["", "texts/", f"{row.pk}/position/", f"{row.pk}/remove/"]
    assert [client.post(url_of(mug, part)).status_code for part in posts] == [403] * 4
    assert colours(mug) == ["teal"]


def test_several_pictures_are_added_in_all_sizes_behind_those_there(as_mara, mug):
    give_picture(mug, colour=RUST)
    assert send(as_mara, mug, picture(size=(2000, 1000)), picture("JPEG", size=(90, 90))).status_code == 302
    rows = list(mug.pictures.all())
    assert [(row.position, row.width, row.height) for row in rows] == [(0, 300, 200), (1, 1280, 640), (2, 90, 90)]
    large = rows[1].picture
    assert [opened(name).size for name in large.file_names[::2]] == [(160, 80), (640, 320), (1280, 640)]
    assert {opened(name).format for name in large.file_names[::2]} == {"WEBP"}
    assert {opened(name).format for name in large.file_names[1::2]} == {"JPEG"}


def test_the_first_picture_stands_for_the_product_in_lists_and_carts(as_mara, mug):
    send(as_mara, mug, picture())
    mug.refresh_from_db()
    thumb = f'src="{mug.shown_picture.thumb_url}"'
    assert thumb in as_mara.get("/backoffice/products/").content.decode()
    as_mara.post(f"/cart/add/{mug.slug}/")
    assert thumb in as_mara.get("/cart/").content.decode()
    assert f"{mug.shown_picture.srcset('webp')}" in as_mara.get("/").content.decode()


def test_the_page_of_the_product_takes_the_pictures_in(as_mara, mug):
    row = give_picture(mug)
    page = html_of(as_mara.get(f"/backoffice/products/{mug.pk}/"))
    assert page.xpath("//*[@id='pictures']//ol/li/img/@src") == [row.picture.thumb_url]
    assert page.xpath("//input[@type='file']/@form") == ["upload-form"]


def test_a_product_that_is_not_there_yet_has_none(as_mara, mug):
    assert html_of(as_mara.get("/backoffice/products/add/")).xpath("//*[@id='pictures']") == []


def test_descriptions_are_kept_by_language_and_read_out_in_the_shop(as_mara, mug):
    row = give_picture(mug)
    name = f"picture_{row.pk}-description"
    as_mara.post(url_of(mug, "texts/"), {name: "A teal mug", f"{name}_nl": "Een groene mok", f"{name}_de": ""})
    for language, alt in {"en": "A teal mug", "nl": "Een groene mok", "de": "A teal mug"}.items():
        as_mara.cookies["language"] = language
        assert html_of(as_mara.get(mug.get_absolute_url())).xpath("//main//picture//img/@alt") == [alt]


def test_a_description_too_long_is_refused_and_kept(as_mara, mug):
    row = give_picture(mug)
    name = f"picture_{row.pk}-description"
    response = as_mara.post(url_of(mug, "texts/"), {name: "x" * 251})
    assert list(errors(response)) == [name]
    assert value_of(response, name) == "x" * 251
    assert response.content.decode().count("<title>Error:") == 1


def test_pictures_are_sorted_one_step_a_press_and_keep_what_was_typed(as_mara, mug):
    give_picture(mug)
    second = give_picture(mug, colour=RUST)
    typed = {"step": "-1", f"picture_{second.pk}-description": "A rusty mug"}
    assert as_mara.post(url_of(mug, f"{second.pk}/position/"), typed)["Location"] == url_of(mug)
    assert colours(mug) == ["rust", "teal"]
    assert str(mug.pictures.first()) == "A rusty mug"
    mug.refresh_from_db()
    assert mug.shown_picture == second.picture


@pytest.mark.parametrize("step", ["1", "x", ""])
def test_a_step_past_the_end_or_none_changes_nothing(as_mara, mug, step):
    give_picture(mug)
    second = give_picture(mug, colour=RUST)
    as_mara.post(url_of(mug, f"{second.pk}/position/"), {"step": step})
    assert colours(mug) == ["teal", "rust"]


def test_a_removed_picture_takes_its_files_along(as_mara, mug, django_capture_on_commit_callbacks):
    first, second = give_picture(mug), give_picture(mug, colour=RUST)
    with django_capture_on_commit_callbacks(execute=True):
        as_mara.post(url_of(mug, f"{first.pk}/remove/"))
    mug.refresh_from_db()
    assert mug.shown_picture == second.picture
    assert files_there() == sorted(second.picture.file_names)


def test_files_that_another_product_or_an_order_shows_stay(as_mara, mug, django_capture_on_commit_callbacks):
    plate = ProductFactory()
    first, second = give_picture(mug), give_picture(plate)
    assert first.picture == second.picture
    remove = [url_of(mug, f"{first.pk}/remove/"), url_of(plate, f"{second.pk}/remove/")]
    with django_capture_on_commit_callbacks(execute=True):
        as_mara.post(remove[0])
    assert files_there() == sorted(first.picture.file_names)
    with django_capture_on_commit_callbacks(execute=True):
        as_mara.post(remove[1])
    assert files_there() == []


def test_a_picture_of_another_product_is_not_found(as_mara, mug):
    row = give_picture(ProductFactory())
    assert as_mara.post(url_of(mug, f"{row.pk}/remove/")).status_code == 404
    assert as_mara.post(url_of(mug, f"{row.pk}/position/"), {"step": "1"}).status_code == 404


def test_the_same_picture_twice_is_there_once(as_mara, mug):
    send(as_mara, mug, picture(), picture())
    assert colours(mug) == ["teal"]


def test_nine_pictures_are_one_too_many(as_mara, mug):
    for shade in range(7):
        give_picture(mug, colour=(0, 96, shade * 30))
    before = files_there()
    response = send(as_mara, mug, picture(colour=RUST), picture(colour=(9, 9, 9)))
    assert errors(response) == {"pictures": "A product has up to 8 pictures: you can add 1 more."}
    assert (mug.pictures.count(), files_there()) == (7, before)
    send(as_mara, mug, picture(colour=RUST))
    assert html_of(as_mara.get(url_of(mug))).xpath("//input[@type='file']") == []


def test_nothing_chosen_is_said_so(as_mara, mug):
    assert errors(send(as_mara, mug)) == {"pictures": "This field is required."}
    assert error_summary(send(as_mara, mug)) == ["Add pictures: This field is required."]


def test_an_order_keeps_the_picture_it_was_placed_with(as_mara, mug, django_capture_on_commit_callbacks):
    row = give_picture(mug)
    mug.refresh_from_db()
    OrderFactory().lines.update(picture=mug.picture)
    with django_capture_on_commit_callbacks(execute=True):
        as_mara.post(url_of(mug, f"{row.pk}/remove/"))
    assert files_there() == sorted(row.picture.file_names)


def test_the_page_costs_the_same_queries_whatever_is_on_it(as_mara, mug, django_assert_max_num_queries):
    give_picture(mug)
    as_mara.get(url_of(mug))
    with django_assert_max_num_queries(8):
        as_mara.get(url_of(mug))
    give_picture(mug, colour=RUST)
    give_picture(mug, colour=(0, 0, 0))
    with django_assert_max_num_queries(8):
        as_mara.get(url_of(mug))


def test_files_that_a_killed_process_left_are_deleted(mug):
    row = give_picture(mug)
    storages["pictures"].save(f"products/{'0' * 64}-160.jpg", ContentFile(b"left behind"))
    pictures.forget_unused_files()
    assert files_there() == sorted(row.picture.file_names)
