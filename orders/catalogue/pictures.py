"""What becomes of the pictures of a product; rows and files stay in step, whatever happens in between."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from django.db import Error, transaction

from orders.catalogue import picture_files
from orders.models import Counter, OrderLine, Product, ProductPicture
from shopadmin.pictures.encoding import EncodedPicture
from shopadmin.pictures.picture import Picture

MOST = 8


class TooManyPictures(Exception):
    """A product would have more than MOST."""


def add_pictures(product: Product, encoded: Sequence[EncodedPicture]) -> list[ProductPicture]:
    """Add pictures behind those that a product has; one that it has already is left out."""
    try:
        with transaction.atomic():
            _one_at_a_time()
            there = set(product.pictures.values_list("sha256", flat=True))
            fresh = {one.picture.sha256: one for one in encoded if one.picture.sha256 not in there}
            if len(there) + len(fresh) > MOST:
                raise TooManyPictures
            for one in fresh.values():
                _write(one)
            pictures = [one.picture for one in fresh.values()]
            added = ProductPicture.objects.bulk_create(_rows(product, pictures, first=len(there)))
            _keep_first(product)
    except BaseException:
        with suppress(OSError, Error):  # it is away itself: what was written already goes with the next chore
            delete_unused([one.picture for one in encoded])
        raise
    return added


def move_picture(row: ProductPicture, step: int) -> None:
    """Show a picture one place earlier (-1) or later (1)."""
    with transaction.atomic():
        row.move(step)
        _keep_first(row.product)


def remove_picture(row: ProductPicture) -> None:
    """Take a picture from its product; its files go with it unless something else shows them."""
    picture = row.picture
    with transaction.atomic():
        row.delete()
        _keep_first(row.product)
        transaction.on_commit(partial(delete_unused, [picture]), robust=True)


def delete_unused(pictures: Sequence[Picture]) -> None:
    """Delete the files of those pictures that no product and no order shows."""
    with transaction.atomic():
        _one_at_a_time()
        for picture in pictures:
            if not _is_used(picture.sha256):
                picture_files.delete(picture.file_names)


def forget_unused_files() -> None:
    """Delete what a process left that was killed between writing files and storing rows."""
    with transaction.atomic():
        _one_at_a_time()
        names = picture_files.names()
        unused = {sha256 for sha256 in {name.partition("-")[0] for name in names} if not _is_used(sha256)}
        picture_files.delete(name for name in names if name.partition("-")[0] in unused)


def _is_used(sha256: str) -> bool:
    in_orders = OrderLine.objects.filter(picture__gte=f"{sha256}-", picture__lt=f"{sha256}.").exclude(picture="")
    return ProductPicture.objects.filter(sha256=sha256).exists() or in_orders.exists()


def _write(one: EncodedPicture) -> None:
    for name, content in one.files.items():
        if not picture_files.is_there(name):
            picture_files.write(name, content)


def _rows(product: Product, pictures: Sequence[Picture], *, first: int) -> list[ProductPicture]:
    return [
        ProductPicture(
            product=product, position=position, sha256=picture.sha256, width=picture.width, height=picture.height
        )
        for position, picture in enumerate(pictures, first)
    ]


def _keep_first(product: Product) -> None:
    """Note on the product which of its pictures is the first, so that no list has to look for it."""
    first = product.pictures.first()
    product.picture = first.picture.key if first else ""
    product.save(update_fields=["picture"])


def _one_at_a_time() -> None:
    """Hold, to the end of the transaction, the lock under which files of pictures are written and deleted.

    Else one might delete the files of a picture that another is just adding again.
    """
    Counter.objects.select_for_update().get_or_create(name="pictures")
