"""Static files as they are served."""

import os
from contextlib import suppress

from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest, HttpResponse
from django.utils._os import safe_join
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves what was there at the start, as WhiteNoise does, and what was collected since.

    While a new release is put in place, a page of one process may ask another, of the last release, for its sheet.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        url = request.path_info
        if url.startswith(self.static_prefix) and url not in self.files and not self.autorefresh:
            self._take_up(url)
        return super().__call__(request)

    def _take_up(self, url: str) -> None:
        # ValueError: no file has a NUL byte in its name.
        with suppress(SuspiciousFileOperation, ValueError):
            path = safe_join(self.static_root, url.removeprefix(self.static_prefix))
            if self.url_is_canonical(url) and os.path.isfile(path):
                self.add_file_to_dictionary(url, path)
