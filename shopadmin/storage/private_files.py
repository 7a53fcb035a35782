"""Files for this program's eyes only (0600 in folders of 0700), each whole or not there at all."""

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db.backends.base.base import BaseDatabaseWrapper

OTHERS = 0o077  # what group and everybody else may do
HAS_NAMELESS_FILES = Path("/proc/self/fd").is_dir()
LEAST_FREE = 256 * 1024 * 1024  # one large upload


def opener(path: str, flags: int) -> int:
    """For `open`: what is made anew is its owner's alone."""
    return os.open(path, flags, 0o600)


def close_to_others(path: Path, mode: int = 0o600) -> None:
    """Take from everybody but its owner what they may do with a file or folder that is there."""
    with suppress(OSError):  # it is not there, or somebody else's
        if path.stat().st_mode & OTHERS:
            path.chmod(mode)


def private_folder(path: Path) -> Path:
    """The folder, made where it is not there; an old one that others could look into is closed to them."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(path, 0o700)
    return path


def close_database_to_others(sender: type, *, connection: BaseDatabaseWrapper, **kwargs) -> None:
    """SQLite makes its files as open as the umask lets it; those beside the first take after it."""
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        for suffix in ("", "-wal", "-shm"):
            close_to_others(Path(f"{connection.settings_dict['NAME']}{suffix}"))


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes its name once all of it is on the disk; nothing is left if that fails.

    Where the system can it has no name until then, so that a killed process leaves nothing either.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with _begun(unfinished) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if not unfinished.exists():
                _name(file, path, unfinished)
        if unfinished.exists():
            os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _begun(unfinished: Path) -> BinaryIO:
    try:
        return open(unfinished, "wb", opener=_nameless)
    except OSError:
        return open(unfinished, "xb", opener=opener)


def _nameless(path: str, _flags: int) -> int:
    """For `open`: a file without a name, in the folder of `path`; OSError where there is no such thing."""
    if not HAS_NAMELESS_FILES:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
    return os.open(os.path.dirname(path), os.O_TMPFILE | os.O_WRONLY, 0o600)


def _name(file: BinaryIO, path: Path, unfinished: Path) -> None:
    """Name a file that has none; where the name is taken, another one first, that of `unfinished`."""
    number = file.fileno()
    try:
        # A folder's number makes the system follow the link; an absolute path is not looked for in it.
        os.link(f"/proc/self/fd/{number}", path, src_dir_fd=number)
    except FileExistsError:
        os.link(f"/proc/self/fd/{number}", unfinished, src_dir_fd=number)


def forget_uploads() -> None:
    """Delete what a web process of this machine was receiving when it was killed: people in it may be erased since."""
    an_hour_ago = time.time() - 60 * 60
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        with suppress(OSError):  # gone meanwhile, or somebody else's
            if path.stat().st_mtime < an_hour_ago:
                path.unlink()


class PrivateStorage(FileSystemStorage):
    """One area of files: a folder of DATA_DIR. What is saved takes the place of what had its name."""

    def __init__(self, area: str) -> None:
        super().__init__()
        self.area = area

    @property
    def base_location(self) -> Path:
        """The folder of the area."""
        return Path(settings.DATA_DIR, self.area)

    @property
    def location(self) -> str:
        """The same, as the system knows it."""
        return os.path.abspath(self.base_location)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself: each is of our own making, and written twice by who writes the same."""
        return name

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        for folder in reversed([path.parent, *path.parent.parents]):
            if folder.is_relative_to(self.location):
                private_folder(folder)
        with written_whole(path) as file:
            file.writelines(content.chunks())
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        close_to_others(Path(self.path(name)))
        return super()._open(name, mode)

    @contextmanager
    def at_hand(self, name: str) -> Iterator[Path]:
        """Where the file can be read again and again: it lies there."""
        yield Path(self.path(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """The folders and files in a folder; none where it is not there."""
        try:
            return super().listdir(path)
        except FileNotFoundError:
            return [], []

    def trouble(self) -> str:
        """Why no file can be kept in DATA_DIR now, in the system's words; nothing where one can."""
        try:
            with TemporaryFile(dir=settings.DATA_DIR) as file:
                file.write(b"x" * 4096)
            free = shutil.disk_usage(settings.DATA_DIR).free
        except OSError as error:
            return error.strerror or type(error).__name__
        return f"nearly full: {free // 1024**2} MB are left" if free < LEAST_FREE else ""
