"""Nothing that a merchant needs exists only in the demo: what it fills, pages and events make too."""

import pytest
from django.apps import apps

from tests.accounts.demo.ways_to_make import BY_EVENTS, ON_PAGES


@pytest.mark.parametrize("model", ON_PAGES)
def test_a_page_makes_one(as_mara, model):
    rows = apps.get_model(model).objects
    before = rows.count()
    ON_PAGES[model](as_mara)
    assert rows.count() > before


def test_what_events_make_says_which(db):
    assert [model for model, event in BY_EVENTS.items() if len(event.split()) < 3 or model in ON_PAGES] == []
