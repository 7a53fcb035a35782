"""A twentieth of what `make faults` does to two hosts."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults import shoppers
from tests.pooler import PROGRAM


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(not PROGRAM, reason="pgbouncer is not on this machine.")
def test_what_shoppers_saw_is_there_once_whatever_was_killed():
    with TemporaryDirectory(prefix="faults-") as folder:
        shoppers.walk(Path(folder), shoppers.ACTIONS // 20)
