import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import TestCase, override_settings

from orders.setting_up import opening
from shopadmin.logs import Discreet
from tests.privacy.filling import FilledShop, fill, open_shop, rolled_back
from tests.quick_settings import quick_settings


@pytest.fixture(scope="package")
def shop_as_filled(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[FilledShop]:
    """Filled once, in a transaction that is rolled back behind the last test of this package."""
    folder = tmp_path_factory.mktemp("shop") / "data"
    for name in ("static", "uploads"):
        (folder / name).mkdir(parents=True)
    with django_db_blocker.unblock(), override_settings(**settings_of(folder)), rolled_back(), written_log() as log:
        # As in every test, the shop has opened, whatever it lacks.
        with patch.object(opening, "_was_open", True), TestCase.captureOnCommitCallbacks(execute=True):
            staff = open_shop()
            browsers = fill(staff, folder.with_name("merchant"))
        shutil.copytree(folder, folder.with_name("copy"))
        yield FilledShop(folder, log, staff, browsers)


@pytest.fixture
def shop(db, shop_as_filled, settings) -> Iterator[FilledShop]:
    """The filled shop, for one test to erase from."""
    for name, value in settings_of(shop_as_filled.folder).items():
        setattr(settings, name, value)
    yield shop_as_filled.with_other_browsers()
    shutil.rmtree(shop_as_filled.folder)
    shutil.copytree(shop_as_filled.folder.with_name("copy"), shop_as_filled.folder)


def settings_of(folder: Path) -> dict:
    """Those of every test, with emails that are written to files, as in a shop without a mail server."""
    return quick_settings(folder) | {"EMAIL_BACKEND": "shopadmin.mail.files.MailFiles"}


@contextmanager
def written_log() -> Iterator[StringIO]:
    """What the processes would write to their log, from all loggers."""
    log = StringIO()
    handler = logging.StreamHandler(log)
    handler.addFilter(Discreet())
    logging.getLogger().addHandler(handler)
    yield log
    logging.getLogger().removeHandler(handler)
