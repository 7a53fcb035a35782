"""The last release: its commit, and the migrations that it knew. `python -m tests.last_release` makes it this one."""

import subprocess
import sys

from tests.style import APPS, ROOT

FILE = ROOT / "tests" / "last_release.txt"
Key = tuple[str, str]


def commit() -> str:
    return FILE.read_text().split()[0]


def migrations() -> set[Key]:
    """(app, name) of those that it brought."""
    return {(app, name) for app, name in (line.split(".") for line in FILE.read_text().split()[1:])}


def write() -> None:
    """Write down what is checked out."""
    names = [f"{app}.{path.stem}" for app in APPS for path in sorted((ROOT / app / "migrations").glob("0*.py"))]
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    FILE.write_text("\n".join([head.stdout.strip(), *names]) + "\n")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{FILE.relative_to(ROOT)} names {commit()[:12]} now.\n")
