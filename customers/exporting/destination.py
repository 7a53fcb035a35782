"""Where a command writes its file."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written_to(name: str) -> Iterator[BinaryIO]:
    """Standard output (`-`), or a file that takes its name when it is whole."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    unfinished = Path(f"{name}.part")
    try:
        with open(unfinished, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            yield file
        unfinished.replace(name)
    finally:
        unfinished.unlink(missing_ok=True)
