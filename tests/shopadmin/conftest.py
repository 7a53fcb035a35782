from copy import deepcopy
from pathlib import Path

import pytest


@pytest.fixture
def own_templates(settings) -> None:
    """The mail `parcel`, which only these tests know."""
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].insert(0, Path(__file__).parent / "templates")
