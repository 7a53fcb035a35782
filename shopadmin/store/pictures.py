"""The logo and the picture of the home page: files beside the row of the settings, and in step with it."""

from collections.abc import Callable, Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shopadmin.models import StoreSettings
from shopadmin.pictures.encoding import EncodedPicture
from shopadmin.pictures.serving import picture_response

AREA, FOLDER = "pictures", "shop"


def save_with_files(encoded: Iterable[EncodedPicture], save: Callable[[], StoreSettings]) -> StoreSettings:
    """Write the files of pictures that `save` gives the shop; those that it shows no more go once that is done."""
    with transaction.atomic():
        _one_at_a_time()
        for one in encoded:
            for name, content in one.files.items():
                if not storages[AREA].exists(f"{FOLDER}/{name}"):
                    storages[AREA].save(f"{FOLDER}/{name}", ContentFile(content))
        saved = save()
        transaction.on_commit(forget_unused_files, robust=True)
    return saved


def forget_unused_files() -> None:
    """Delete the files that the shop shows no more, and what a killed process left."""
    with transaction.atomic():
        store = _one_at_a_time()
        used = {picture.sha256 for picture in (store.shown_logo, store.shown_home_picture) if picture}
        for name in storages[AREA].listdir(FOLDER)[1]:
            if name.partition("-")[0] not in used:
                storages[AREA].delete(f"{FOLDER}/{name}")


@require_safe
def shop_picture(request: HttpRequest, name: str) -> HttpResponse:
    """The file of such a picture."""
    return picture_response(FOLDER, name)


def _one_at_a_time() -> StoreSettings:
    """Hold the row to the end of the transaction, lest one deletes what another is just writing."""
    return StoreSettings.objects.select_for_update().get_or_create(pk=1)[0]
