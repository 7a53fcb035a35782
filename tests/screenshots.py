"""Take the pictures of the README from a fresh demo shop: `make screenshots`."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
PASSWORD = "demo-password"

# File name, who is signed in (nobody: ""), address, width, dark.
SHOTS = [
    ("shop", "", "/", 1280, False),
    ("checkout", "", "/products/teapot/", 1280, False),
    ("account-orders", "shopper", "/account/orders/", 390, False),
    ("customers", "owner", "/backoffice/customers/", 1280, False),
    ("customer", "owner", "/backoffice/customers/?q=verhoeven", 1280, False),
    ("dashboard", "owner", "/backoffice/", 1280, True),
]


def main() -> None:
    """Fill a shop in a folder that is gone afterwards, open it, and take each picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_shop(folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        for name, person, path, width, dark in SHOTS:
            page = page_of(browser, url, width=width, dark=dark)
            if person:
                sign_in(page, person)
            page.goto(path)
            STAGES.get(name, lambda page: None)(page)
            page.screenshot(path=PICTURES / f"{name}.png")
            print(PICTURES.relative_to(ROOT) / f"{name}.png")  # noqa: T201


@contextmanager
def running_shop(folder: str) -> Iterator[str]:
    """The address of a filled shop that runs while the pictures are taken."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    env = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/shop.sqlite3", "DATA_DIR": folder, "SITE_URL": url}
    env["REQUIRE_STAFF_MFA"] = "0"
    for command in (["migrate", "--verbosity=0"], ["demo"], ["collectstatic", "--noinput", "--verbosity=0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL
        )
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "shopadmin.wsgi",
        "--threads=4",
        "--bind",
        url.removeprefix("http://"),
    ]
    server = subprocess.Popen([*gunicorn, "--log-level=warning"], cwd=ROOT, env=env)
    try:
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    for _attempt in range(100):
        try:
            urlopen(f"{url}/healthz")
        except URLError:
            time.sleep(0.2)
        else:
            return


def page_of(browser: Browser, url: str, *, width: int, dark: bool) -> Page:
    size = {"width": width, "height": 800}
    scheme = "dark" if dark else "light"
    return browser.new_context(base_url=url, locale="en-GB", viewport=size, color_scheme=scheme).new_page()


def sign_in(page: Page, person: str) -> None:
    page.goto("/account/sign-in/" if person == "shopper" else "/backoffice/sign-in/")
    for folded in page.locator("details.fold:not([open]) > summary").all():
        folded.click()
    page.fill("[name=login]", f"{person}@demo.test")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def into_the_checkout(page: Page) -> None:
    page.locator("main form button").last.click()
    page.goto("/checkout/")


def into_the_first_row(page: Page) -> None:
    with page.expect_navigation():
        page.locator("tbody a").first.click()


STAGES = {"checkout": into_the_checkout, "customer": into_the_first_row}

if __name__ == "__main__":
    main()
