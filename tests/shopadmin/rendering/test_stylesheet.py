import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.templatetags.static import static

from shopadmin.rendering.static_bundle import without_comments

CSS = Path(project.BASE_DIR) / "static" / "css"
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities"]


@pytest.fixture
def collected(settings, tmp_path):
    """A folder with what production serves."""
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def served_sheet(collected: Path) -> Path:
    return collected / static("css/layers.css").removeprefix(project.STATIC_URL)


def test_production_serves_one_sheet(collected):
    names = {path.name for path in (collected / "css").rglob("*.css")}
    assert names == {"layers.css", served_sheet(collected).name}


def test_the_sheet_has_its_hash_and_a_compressed_copy(collected):
    sheet = served_sheet(collected)
    assert re.fullmatch(r"layers\.[0-9a-f]{12}\.css", sheet.name)
    assert sheet.with_suffix(".css.gz").exists()


def test_nothing_is_imported_any_more(collected):
    assert "@import" not in served_sheet(collected).read_text()


def test_the_layers_follow_in_their_order(collected):
    blocks = re.findall(r"^@layer (\w+) \{", served_sheet(collected).read_text(), flags=re.MULTILINE)
    assert blocks == [*LAYERS, "utilities", "utilities"]


def test_print_styles_are_for_print_alone(collected):
    assert "@media print {\n@layer utilities {\n@page" in served_sheet(collected).read_text()


def test_every_component_is_in_it(collected):
    sheet = served_sheet(collected).read_text()
    components = {path.name: without_comments(path.read_text()) for path in CSS.glob("components/*.css")}
    assert [name for name, content in components.items() if content not in sheet] == ["index.css"]


def test_comments_and_indentation_stay_behind(collected):
    sheet = served_sheet(collected).read_text()
    assert re.findall(r"/\*|\*/|\n\s", sheet) == []


def test_what_is_said_beside_a_rule_costs_it_nothing():
    sheet = '/* One\n   of two */\na { /* b */\n\tcolor: red; /* c */ content: "  x" }\n\n/* The end */\n'
    assert without_comments(sheet) == 'a {\ncolor: red;\ncontent: "  x" }'


def test_collecting_again_changes_nothing(collected):
    before = served_sheet(collected).read_bytes()
    call_command("collectstatic", interactive=False, verbosity=0)
    assert served_sheet(collected).read_bytes() == before


def test_without_collecting_the_sources_are_named(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "never-collected"
    assert staticfiles_storage.url("css/layers.css") == "/static/css/layers.css"


def test_the_sheets_stay_under_seventy_kilobytes():
    assert sum(path.stat().st_size for path in CSS.rglob("*.css")) < 70_000


def test_colours_are_written_in_the_tokens_alone():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|oklch\(\.|rgba?\(", re.IGNORECASE)
    assert [path.name for path in CSS.rglob("*.css") if colour.search(path.read_text())] == ["tokens.css"]
