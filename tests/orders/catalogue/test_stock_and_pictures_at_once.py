"""Stock and pictures at one moment, on real connections: nothing sold is lost, and no picture is without its files."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import F

from orders.catalogue.pictures import TooManyPictures, add_pictures, remove_picture
from orders.models import Product, ProductPicture
from shopadmin.pictures.encoding import encode
from tests.factories import ProductFactory
from tests.orders.catalogue.picture_files import files_there, give_picture, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def at_once(*acts: Callable[[], None]) -> None:
    """Each in a thread with a connection of its own, all of them at the same moment."""
    barrier = Barrier(len(acts))

    def act(what: Callable[[], None]) -> None:
        try:
            barrier.wait(timeout=30)
            what()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        list(threads.map(act, acts))


@pytest.mark.parametrize("attempt", range(3))
def test_what_is_sold_while_stock_is_saved_stays_sold(attempt):
    mug = ProductFactory(stock=10)

    def sell() -> None:
        for _piece in range(5):
            Product.objects.filter(pk=mug.pk).update(stock=F("stock") - 1)

    at_once(sell, lambda: mug.enter_stock(30, seen=10))
    mug.refresh_from_db()
    assert mug.stock == 25


@pytest.mark.parametrize("attempt", range(3))
def test_a_picture_that_is_removed_here_and_added_there_keeps_its_files(attempt):
    mug, plate, shown = ProductFactory(), ProductFactory(), encode(BytesIO(picture()))
    row = give_picture(mug)
    at_once(lambda: remove_picture(row), lambda: add_pictures(plate, [shown]))
    assert [one.product for one in ProductPicture.objects.all()] == [plate]
    assert files_there() == sorted(shown.picture.file_names)


def test_two_who_fill_the_last_place_leave_eight():
    mug, left = ProductFactory(), []
    for shade in range(7):
        give_picture(mug, colour=(0, 0, shade * 30))

    def add(shade: int) -> None:
        try:
            add_pictures(mug, [encode(BytesIO(picture(colour=(shade, 0, 0))))])
        except TooManyPictures:
            left.append(shade)

    at_once(lambda: add(90), lambda: add(200))
    assert (mug.pictures.count(), len(left), len(files_there())) == (8, 1, 8 * 4)
