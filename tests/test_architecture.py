"""The shape of the house: imports and signals keep to their direction, and nothing grows too large."""

import pytest

from tests.structure import (
    borrowed_methods,
    circle_in,
    import_graph,
    signals_heard_by,
    signals_of,
    unexplained_imports,
)
from tests.style import APPS, NO_LIMIT, ROOT, every_test, functions, imports, lines_of, modules, sheets, templates


def too_long(paths, limit):
    return {str(path.relative_to(ROOT)): lines_of(path) for path in paths if lines_of(path) > limit}


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_itself_and_what_lies_below(app):
    above = set(APPS[: APPS.index(app)])
    upward = {str(path.relative_to(ROOT)): imports(path) & above for path in modules(app)}
    assert {path: found for path, found in upward.items() if found} == {}


def test_no_modules_import_each_other_in_a_circle():
    assert circle_in(import_graph(modules(*APPS))) == []


def test_an_import_inside_a_function_has_its_reason_written_above_it():
    assert [place for path in modules(*APPS) for place in unexplained_imports(path)] == []


@pytest.mark.parametrize("app", APPS)
def test_each_signal_is_heard_by_an_app_above(app):
    above = APPS[: APPS.index(app)]
    assert signals_of(app) - set().union(*map(signals_heard_by, above)) == set()


def test_no_class_takes_its_methods_from_another_file():
    assert [name for path in modules(*APPS) for name in borrowed_methods(path)] == []


def test_the_product_does_not_import_its_tests():
    assert [path for path in modules(*APPS) if "tests" in imports(path)] == []


def test_no_module_is_longer_than_400_lines():
    assert too_long((path for path in modules(*APPS, "tests") if path.name not in NO_LIMIT), 400) == {}


def test_no_function_is_longer_than_50_lines():
    assert {str(found): found.lines for found in functions(modules(*APPS)) if found.lines > 50} == {}


def test_no_template_is_longer_than_80_lines():
    assert too_long(templates(), 80) == {}


def test_no_line_of_a_template_is_longer_than_120_characters():
    lines = [(path, number, line) for path in templates() for number, line in enumerate(path.open(), 1)]
    assert [f"{path.relative_to(ROOT)}:{number}" for path, number, line in lines if len(line.rstrip()) > 120] == []


def test_no_style_sheet_is_longer_than_200_lines():
    assert too_long(sheets(), 200) == {}


def test_no_test_is_longer_than_20_lines():
    assert {str(test): test.lines for test in every_test() if test.lines > 20} == {}
