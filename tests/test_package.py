"""What `pip install .` installs: built as setuptools builds it, and run from a folder where nothing of ours is."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import copytree

import pytest
from packaging.requirements import Requirement

pytestmark = [pytest.mark.slow, pytest.mark.any_database]
ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("shopadmin", "customers", "orders", "accounts")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
# What is read while the product runs, and found only where it was packed.
ASK = """
import json, django; django.setup()
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from accounts.demo import catalogue, shop
from orders.documents import typesetting
translation.activate("nl")
print(json.dumps({
    "page": render_to_string("errors/503_updating.jinja"), "sheet": finders.find("css/layers.css"),
    "paper": typesetting.TEMPLATE.is_file(), "data": str(settings.DATA_DIR),
    "pictures": len(list(catalogue.PICTURES.glob("*.png"))),
    "texts": len(list(shop.TEXTS.glob("*.txt"))),
}))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with what would stand in site-packages."""
    setuptools = pytest.importorskip("setuptools", reason="The package is built with setuptools, which is not here.")
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in (*PACKAGES, "templates", "static", "locale"):
        copytree(ROOT / name, source / name)
    for name in FILES:
        text = (ROOT / name).read_text()
        if int(setuptools.__version__.partition(".")[0]) < 77:  # which does not know a licence by its name yet
            text = text.replace('license = "MIT"', 'license = {text = "MIT"}').replace("license-files =", "# ")
        (source / name).write_text(text)
    build = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(built)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    return built


@pytest.fixture
def run(built, tmp_path):
    """`run("-m", "shopadmin", "check")`: Python in an empty folder, with the package and no setting at all."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(built)}
    environment["DJANGO_SETTINGS_MODULE"] = "shopadmin.settings"

    def run(*command: str) -> str:
        command = [sys.executable, *command]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout

    return run


def test_it_carries_all_that_it_reads(run, built, tmp_path):
    found = json.loads(run("-c", ASK))
    assert "We zijn zo terug" in found["page"]
    assert found["sheet"] == str(built / "shopadmin" / "packaged" / "static" / "css" / "layers.css")
    assert (found["paper"], found["texts"], found["pictures"] > 10) == (True, 12, True)
    assert found["data"] == str(tmp_path / ".local" / "share" / "shopadmin")


def test_its_command_works_from_any_folder(run):
    assert run("-m", "shopadmin", "check") == "System check identified no issues (0 silenced).\n"


def test_every_module_is_in_it(built):
    modules = {str(path.relative_to(ROOT)) for name in PACKAGES for path in (ROOT / name).rglob("*.py")}
    assert {str(path.relative_to(built)) for path in built.rglob("*.py")} == modules


def test_the_command_is_called_shopadmin():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["scripts"] == {"shopadmin": "shopadmin.__main__:main"}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-s3.lock"])
def test_the_lock_holds_all_that_is_asked_for_in_a_version_that_is_allowed(name):
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    asked = {one.name.lower(): one.specifier for one in map(Requirement, asked)}
    lock = (ROOT / name).read_text()
    locked = dict(re.findall(r"^([\w-]+)(?:\[.*\])?==([^\s;]+)", lock, re.MULTILINE))
    assert [name for name, allowed in asked.items() if locked.get(name, "0") not in allowed] == []
    # We reach into it where it has no hook for what we need: each of its releases is tried before it is taken.
    assert "65.99" not in asked["django-allauth"]
