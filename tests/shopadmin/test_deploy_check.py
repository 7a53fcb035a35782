"""`check --deploy` as the person runs it who puts the shop online."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mail_server import MailServer

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.any_database]
PRODUCTION = {
    "SITE_URL": "https://shop.example",
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ERASURE_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DEBUG": "0",
    "RATE_LIMITS": "1",
    "CACHE_URL": "",
    "DATABASE_URL": "",
    "REQUIRE_STAFF_MFA": "1",
}


@pytest.fixture(scope="module")
def mail_server():
    server = MailServer()
    server.controller.start()
    yield f"smtp://127.0.0.1:{server.port}"
    server.controller.stop()


@pytest.fixture
def manage(tmp_path, mail_server):
    """`manage("check", "--deploy", SITE_URL=…)`: the command with the settings of a shop, some of them changed."""

    def manage(*command, **changes):
        places = {"DATA_DIR": str(tmp_path / "data"), "ERASURE_LOG": str(tmp_path / "erasures.log")}
        places["EMAIL_URL"] = mail_server
        environment = os.environ | PRODUCTION | places | changes
        command = [sys.executable, "manage.py", *command]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    return manage


@pytest.fixture
def check(manage):
    return lambda **changes: manage("check", "--deploy", "--fail-level", "WARNING", **changes)


@pytest.fixture
def settings_of(manage):
    """The lines in which the settings differ from Django's own."""
    return lambda **changes: manage("diffsettings", **changes).stdout.splitlines()


def test_it_is_clean_with_the_settings_of_a_shop(check):
    result = check()
    assert result.returncode == 0, result.stderr
    assert "System check identified no issues" in result.stdout


# Two shops, since a setting is wrong in more ways than one: what each of them sets, and what is said of it.
DANGEROUS = [
    {
        "RATE_LIMITS": ("0", "(shopadmin.E001) RATE_LIMITS is 0"),
        "SITE_URL": ("http://shop.example", "(shopadmin.E002) SITE_URL does not begin with https://"),
        "REQUIRE_STAFF_MFA": ("0", "(shopadmin.E007) REQUIRE_STAFF_MFA is 0"),
        "WEBAUTHN_RP_ID": ("other.example", "(shopadmin.E008) WEBAUTHN_RP_ID is other.example"),
        "EMAIL_URL": ("", "(shopadmin.E003) No mail server is set"),
        "ERASURE_LOG": ("/none/erasures.log", "(customers.E002) ERASURE_LOG cannot be written (/none/erasures.log"),
        "ERASURE_KEY": ("guess me", "(customers.W002) ERASURE_KEY has fewer than 32 characters"),
        "CACHE_URL": ("locmem://", "(shopadmin.E004) CACHE_URL names a cache that processes do not share"),
        "DATA_DIR": ("/proc", "(shopadmin.E010) Files cannot be kept in DATA_DIR (/proc: "),
    },
    {
        "SITE_URL": ("https://192.0.2.7", "(shopadmin.W004) SITE_URL has an IP address"),
        "EMAIL_URL": ("smtp://127.0.0.1:1", "(shopadmin.W005) The mail server of EMAIL_URL takes nothing from us"),
        "ERASURE_LOG": ("", "(customers.W001) ERASURE_LOG lies in DATA_DIR"),
        "ERASURE_KEY": ("", "(customers.W003) ERASURE_KEY is not set"),
        "CACHE_URL": ("redis://127.0.0.1:1/0", "(shopadmin.W003) The Redis of CACHE_URL does not answer"),
        "DATABASE_URL": ("postgres://nobody@127.0.0.1:1/none", "(shopadmin.W002) The database does not answer"),
    },
]


@pytest.mark.parametrize("shop", DANGEROUS)
def test_it_refuses_what_would_be_dangerous(check, shop):
    result = check(**{name: value for name, (value, _finding) in shop.items()})
    assert result.returncode == 1
    assert [finding for _value, finding in shop.values() if finding not in result.stderr] == []


def test_over_https_cookies_belong_to_this_host_alone(settings_of):
    lines = settings_of()
    assert "SESSION_COOKIE_NAME = '__Host-session'" in lines
    assert "CSRF_COOKIE_NAME = '__Host-csrf'" in lines
    assert [line for line in lines if line.endswith("_COOKIE_SECURE = True")] == [
        "CSRF_COOKIE_SECURE = True", "LANGUAGE_COOKIE_SECURE = True", "SESSION_COOKIE_SECURE = True",
    ]  # fmt: skip


def test_as_readme_sets_it_up_the_proxy_is_believed(settings_of):
    exports = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("export ")]
    given = dict(re.findall(r"(\w+)=(\S+)", " ".join(exports)))
    assert "ALLAUTH_TRUSTED_PROXY_COUNT = 1  ###" in settings_of(TRUSTED_PROXIES=given["TRUSTED_PROXIES"])


def test_without_a_proxy_nobody_is_believed_to_come_by_https(settings_of):
    believed = "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')"
    assert believed not in settings_of(TRUSTED_PROXIES="0")
    assert believed in settings_of(TRUSTED_PROXIES="1")
