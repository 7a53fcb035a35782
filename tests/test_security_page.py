"""docs/security.md: that no requirement of ASVS 5.0 level 2 is left out, and that what it names is there."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/security.md").read_text()
TABLE = PAGE.partition("## OWASP ASVS 5.0")[2].partition("###")[0]
ROWS = [row.split(" | ") for row in TABLE.splitlines() if re.match(r"\| \d", row)]
# How many requirements of level 1 and 2 each section of 5.0.0 begins with; those of level 3 stand behind them.
REQUIRED = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "14.1": 2, "14.2": 4, "14.3": 3,
}  # fmt: skip


def test_each_requirement_has_a_line():
    named = [number for row in ROWS for number in row[0].strip("| ").split()]
    assert named == [f"{section}.{number}" for section, last in REQUIRED.items() for number in range(1, last + 1)]


def test_each_line_says_where_and_by_which_test_or_why_not():
    for number, words, where, shown in ROWS:
        assert all((words, where)), number
        paths = re.findall(r"`([\w/]+\.py)`", shown)
        assert paths or shown.startswith("–"), number
        assert [path for path in paths if not (ROOT / "tests" / path).is_file()] == [], number


def test_what_the_page_names_is_there():
    named = set(re.findall(r"`((?:accounts|customers|orders|shopadmin|tests|docs)/[\w./]+)`", PAGE))
    assert [path for path in sorted(named) if not list(ROOT.glob(path)) and not (ROOT / "tests" / path).exists()] == []


@pytest.mark.parametrize(
    "script",
    [*sorted(ROOT.glob("static/**/*.js")), Path(finders.find("django_htmx/htmx-4.js"))],
    ids=lambda script: script.name,
)
def test_scripts_keep_nothing_in_the_browser(script):
    assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", script.read_text())
