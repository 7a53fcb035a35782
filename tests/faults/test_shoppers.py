"""A tenth of what `make faults` does to two hosts."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults import shoppers


@pytest.mark.slow
@pytest.mark.postgres
def test_what_shoppers_saw_is_there_once_whatever_was_killed():
    with TemporaryDirectory(prefix="faults-") as folder:
        shoppers.walk(Path(folder), shoppers.ACTIONS // 10)
