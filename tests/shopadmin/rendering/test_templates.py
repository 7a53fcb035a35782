"""The templates: one language, nothing that is silently wrong in it."""

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db.models import Manager, QuerySet
from django.http import HttpRequest
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template
from jinja2 import nodes

from shopadmin.rendering.backend import Block
from shopadmin.rendering.environment import refuse_callables
from tests.style import ROOT, templates

# Fields, properties and items of a dictionary that share their name with a method of something else.
NO_METHODS = {
    "State",
    "count",
    "current",
    "earlier",
    "first",
    "index",
    "is_valid",
    "items",
    "last",
    "lines",
    "sort",
    "value",
}


def test_all_templates_are_written_in_jinja():
    written = {path.suffix for path in templates() if "widgets" not in path.parts}
    assert written == {".jinja"}


def test_every_template_compiles():
    environment = engines["jinja"].env
    for path in templates():
        environment.get_template(str(path.relative_to(ROOT / "templates")))


def test_every_method_that_a_template_names_is_called():
    named = {(str(path.relative_to(ROOT)), name) for path in templates() for name in methods_not_called(path)}
    assert sorted(named) == []


class Torn:
    @property
    def badge(self):
        return self.column_that_was_not_read


def test_a_property_that_fails_is_no_missing_name():
    template = engines["jinja"].env.from_string("{{ row.badge }}")
    assert engines["jinja"].env.from_string("{{ row.nothing.at_all }}").render(row=Torn()) == ""
    with pytest.raises(AttributeError, match="column_that_was_not_read"):
        template.render(row=Torn())


def test_a_method_that_is_written_without_being_called_is_refused():
    environment = engines["jinja"].env.overlay(finalize=refuse_callables)
    with pytest.raises(TypeError, match="without being called"):
        environment.from_string("{{ word.upper }}").render(word="tag")


def test_a_block_of_a_page_is_rendered_alone():
    page = engines["jinja"].from_string("<main>{% block list %}<ul>{{ word }}</ul>{% endblock %}</main>").template
    assert Block(page, "list").render({"word": "<tag>"}) == "<ul>&lt;tag&gt;</ul>"


def test_a_block_that_is_not_there_is_a_missing_template():
    with pytest.raises(TemplateDoesNotExist):
        get_template("customers/browse/list.jinja#nothing")


def methods_not_called(path: Path) -> Iterator[str]:
    """The attributes in a template that are methods somewhere and are not called."""
    tree = engines["jinja"].env.parse(path.read_text())
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr in METHODS - NO_METHODS and id(attribute) not in called:
            yield attribute.attr


def methods_of(*classes: type) -> set[str]:
    return {name for kind in classes for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}


METHODS = methods_of(*apps.get_models(), QuerySet, Manager, forms.Form, forms.BoundField, HttpRequest, dict, list)
