"""`python -m tests.faults [NAME…]`: real processes, killed and cut off, and what must hold all the same.

A script is a module beside this one with a function `run(folder)`, which may use that folder and raises AssertionError
where something is not as promised, or Missing where a program is not on this machine. Each stops what it starts.
"""

import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.processes import Missing

HERE = Path(__file__).parent
SCRIPTS = sorted(path.stem for path in HERE.glob("*.py") if "\ndef run(" in path.read_text())


def main(names: list[str]) -> int:
    """Run the scripts named, or all; returns how many failed."""
    counts = dict.fromkeys(["passed", "failed", "skipped"], 0)
    for name in names or SCRIPTS:
        began, outcome, words = time.monotonic(), "passed", ""
        with TemporaryDirectory(prefix="faults-") as folder:
            try:
                import_module(f"tests.faults.{name}").run(Path(folder))
            except Missing as error:
                outcome, words = "skipped", f": {error}"
            except Exception:
                outcome, words = "failed", f":\n{traceback.format_exc()}"
        counts[outcome] += 1
        sys.stdout.write(f"{name} {outcome} in {time.monotonic() - began:.0f} s{words}\n")
        sys.stdout.flush()
    sys.stdout.write(", ".join(f"{number} {outcome}" for outcome, number in counts.items()) + "\n")
    return counts["failed"]


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
