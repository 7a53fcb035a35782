"""What deploy/ holds is right as far as one can see without starting it; `make faults` starts it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from shopadmin import middleware
from tests.deploy.samples import DEPLOY, caddy, changed, nginx
from tests.style import ROOT
from tests.test_commands import OURS

pytestmark = pytest.mark.any_database
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
PORTS = {"http": 8190, "https": 8191, "upstreams": (8192, 8193)}
# In megabytes, a little above what the application takes itself.
LIMITS = {
    "/backoffice/customers/import/": 210, "/backoffice/orders/import/": 210, "/backoffice/products/import/": 210,
    "/backoffice/products/17/pictures/": 170, "/backoffice/settings/details/": 170,
    "/": 6, "/backoffice/customers/": 6, "/backoffice/customers/import/7/": 6, "/x/backoffice/orders/import/": 6,
}  # fmt: skip
PROGRAM = re.compile(r"^ExecStart=/opt/shopadmin/bin/(\w+)(?: ([a-z]+))?", re.MULTILINE)


@pytest.fixture
def said():
    """`said("nginx", …)`: how the program ends and what it says; skips where it is not here."""

    def said(*command: str) -> tuple[int, str]:
        if not shutil.which(command[0]):
            pytest.skip(f"{command[0]} is not on this machine.")
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stderr

    return said


def test_units_have_nothing_that_systemd_does_not_know(said, tmp_path):
    for name in UNITS:
        # The programs must be there.
        runs = PROGRAM.sub(r"ExecStart=/bin/true \2", (DEPLOY / "systemd" / name).read_text())
        (tmp_path / name).write_text(runs)
    assert said("systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)) == (0, "")


def test_units_run_what_there_is():
    run = {found for name in UNITS for found in PROGRAM.findall((DEPLOY / "systemd" / name).read_text())}
    assert run == {("gunicorn", ""), ("shopadmin", "worker"), ("shopadmin", "metrics"), ("shopadmin", "purge")}


def test_nginx_takes_its_sample(said, tmp_path):
    status, words = said(*nginx(tmp_path, **PORTS), "-t")
    assert (status, "test is successful" in words, "[warn]" in words) == (0, True, False)


def test_caddy_takes_its_sample(said, tmp_path):
    command = caddy(tmp_path, **PORTS)
    assert said(command[0], "validate", *command[2:])[0] == 0


def limits_of_nginx() -> dict[str, str]:
    text = changed("nginx.conf", [])
    return dict(re.findall(r"location ~ (\S+) \{\s+client_max_body_size (\d+)m;", text)) | {"": "6"}


def limits_of_caddy() -> dict[str, str]:
    text = changed("Caddyfile", [])
    sizes = dict(re.findall(r"request_body (@\w+) \{\s+max_size (\d+)MB", text))
    patterns = dict(re.findall(r"(@\w+) path_regexp (\S+)", text))
    [other] = re.findall(r"@other not path_regexp (\S+)", text)
    assert [path for path, most in LIMITS.items() if bool(re.search(other, path)) != (most > 6)] == []
    return {pattern: sizes[name] for name, pattern in patterns.items()} | {"": sizes["@other"]}


@pytest.mark.parametrize("limits", [limits_of_nginx(), limits_of_caddy()], ids=["nginx", "caddy"])
def test_large_bodies_are_taken_where_the_application_takes_them(limits):
    taken = {path: next(int(most) for pattern, most in limits.items() if re.search(pattern, path)) for path in LIMITS}
    assert taken == LIMITS
    for pattern, _right, most in middleware.UPLOADS:
        paths = [path for path in LIMITS if pattern.fullmatch(path)]
        assert paths
        assert {LIMITS[path] for path in paths} == {getattr(settings, most) // 1024**2 + 10}
    assert settings.BODY_MAX_SIZE == 5 * 1024**2


def test_compose_runs_what_there_is_with_variables_that_we_read():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = {name: one for name, one in compose["services"].items() if one["image"].startswith("shopadmin")}
    commands = set(re.findall(r"shopadmin (\w+)", " ".join(one.get("command", "") for one in services.values())))
    assert commands - {"migrate", "collectstatic"} <= set(OURS)
    variables = set(re.findall(r"`([A-Z_]+)`", Path(ROOT / "README.md").read_text()))
    assert {name for one in services.values() for name in one["environment"]} <= variables
    volumes = {one.partition(":")[0] for service in compose["services"].values() for one in service.get("volumes", [])}
    assert volumes - {"./Caddyfile"} == set(compose["volumes"])
