"""A picture as the rows of the shop name it: enough to write its tags, and no more."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Self

from django.urls import reverse

WIDTHS = (160, 640, 1280)
KEY = re.compile(r"([0-9a-f]{64})-([0-9]{1,4})x([0-9]{1,4})")


@dataclass(frozen=True)
class Picture:
    """A picture by the hash that names its files, with the size of the largest one; `route` names their address."""

    sha256: str
    width: int
    height: int
    route: str = "product_picture"

    @classmethod
    def of(cls, key: str, route: str = "product_picture") -> Self | None:
        """Return the picture that a row names by its `key`; None where it names none."""
        found = KEY.fullmatch(key)
        return cls(found[1], int(found[2]), int(found[3]), route) if found else None

    @property
    def key(self) -> str:
        """What rows keep of it."""
        return f"{self.sha256}-{self.width}x{self.height}"

    @property
    def widths(self) -> list[int]:
        """In which widths it is there."""
        return [*(narrower for narrower in WIDTHS if narrower < self.width), self.width]

    @property
    def file_names(self) -> list[str]:
        return [self.file_name(width, ending) for width in self.widths for ending in ("webp", "jpg")]

    def file_name(self, width: int, ending: str) -> str:
        return f"{self.sha256}-{width}.{ending}"

    @property
    def thumb_url(self) -> str:
        """The address of the smallest one, in the format that everything shows."""
        return self._url(self.widths[0], "jpg")

    @property
    def url(self) -> str:
        """The address of a middle one, for what cannot choose."""
        return self._url(self.widths[:2][-1], "jpg")

    @property
    def png_url(self) -> str:
        """The address of a logo, which is there in one size and format alone."""
        return self._url(self.width, "png")

    def size_within(self, width: int, height: int) -> tuple[int, int]:
        """Return width and height with which the picture fits into a rectangle; none is made larger."""
        scale = min(1, width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))

    def srcset(self, ending: str) -> str:
        """Return the addresses of all widths in a format, for the browser to choose from."""
        return ", ".join(f"{self._url(width, ending)} {width}w" for width in self.widths)

    def _url(self, width: int, ending: str) -> str:
        return f"{_folder(self.route)}{self.file_name(width, ending)}"


@cache
def _folder(route: str) -> str:
    return reverse(route, args=["-"]).removesuffix("-")
