"""The shape of the house: imports point down, and nothing grows too large."""

import pytest

from tests.style import APPS, NO_LIMIT, ROOT, every_test, functions, imports, lines_of, modules, sheets, templates


def too_long(paths, limit):
    return {str(path.relative_to(ROOT)): lines_of(path) for path in paths if lines_of(path) > limit}


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_itself_and_what_lies_below(app):
    above = set(APPS[: APPS.index(app)])
    upward = {str(path.relative_to(ROOT)): imports(path) & above for path in modules(app)}
    assert {path: found for path, found in upward.items() if found} == {}


def test_the_product_does_not_import_its_tests():
    assert [path for path in modules(*APPS) if "tests" in imports(path)] == []


def test_no_module_is_longer_than_400_lines():
    assert too_long((path for path in modules(*APPS, "tests") if path.name not in NO_LIMIT), 400) == {}


def test_no_function_is_longer_than_50_lines():
    assert {str(found): found.lines for found in functions(modules(*APPS)) if found.lines > 50} == {}


def test_no_template_is_longer_than_80_lines():
    assert too_long(templates(), 80) == {}


def test_no_style_sheet_is_longer_than_200_lines():
    assert too_long(sheets(), 200) == {}


def test_no_test_is_longer_than_20_lines():
    assert {str(test): test.lines for test in every_test() if test.lines > 20} == {}
