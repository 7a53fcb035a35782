"""Nothing that a merchant needs exists only in the demo: what it fills, pages and events make too."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from tests.accounts.demo.ways_to_make import BY_EVENTS, ON_PAGES

pytestmark = pytest.mark.any_database


@pytest.fixture
def made_by_requests(monkeypatch):
    """`made_by_requests(Tag)`: how many rows each request from now on makes; what the test itself makes is none."""

    def watch(model: type[Model]) -> list[int]:
        made, request = [], Client.request

        def counted(client, **environ):
            before = model.objects.count()
            response = request(client, **environ)
            made.append(model.objects.count() - before)
            return response

        monkeypatch.setattr(Client, "request", counted)
        return made

    return watch


@pytest.mark.parametrize("model", ON_PAGES)
def test_a_page_makes_one(as_mara, model, made_by_requests):
    made = made_by_requests(apps.get_model(model))
    ON_PAGES[model](as_mara)
    assert max(made) > 0


def test_what_events_make_says_which(db):
    assert [model for model, event in BY_EVENTS.items() if len(event.split()) < 3 or model in ON_PAGES] == []


def test_events_are_named_for_models_that_there_are(db):
    assert [model for model in BY_EVENTS if apps.get_model(model)._meta.label != model] == []
