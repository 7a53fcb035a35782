import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Each test starts with nobody having tried anything."""
    cache.clear()
