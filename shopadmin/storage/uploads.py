"""Files while they come in by a form: what is too large for memory lies in a file that has no name.

One with a name would outlive a killed process, with people in it who may be erased since.
"""

from tempfile import TemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from shopadmin.storage.private_files import HAS_NAMELESS_FILES


class NamelessUploadedFile(TemporaryUploadedFile):
    """A file that this process alone can read, under the path that it has for open files."""

    def __init__(self, name: str, content_type: str, size: int, charset: str | None, extra: dict | None = None) -> None:
        file = TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - it is closed with the request
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)

    def temporary_file_path(self) -> str:
        """Where it can be read until it is closed."""
        return f"/proc/self/fd/{self.file.fileno()}"


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """Django's, with such files, where the system has them."""

    def new_file(self, *args, **kwargs) -> None:
        if not HAS_NAMELESS_FILES:
            super().new_file(*args, **kwargs)
            return
        FileUploadHandler.new_file(self, *args, **kwargs)
        known = (self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        self.file = NamelessUploadedFile(*known)

    def upload_interrupted(self) -> None:
        if not HAS_NAMELESS_FILES:
            super().upload_interrupted()
        elif hasattr(self, "file"):
            self.file.close()
