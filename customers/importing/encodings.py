"""What a file is written in, found out from its bytes."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

CHUNK = 1024 * 1024
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# By the names that Python gives them.
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "mac-roman": "Mac Roman",
    "cp850": "DOS (cp850)",
    "iso8859-15": "ISO-8859-15",
    "cp1250": "Windows-1250",
    "cp1254": "Windows-1254",
}
# One byte a letter, the likeliest first.
OLD = ("cp1252", "mac-roman", "cp850")
WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
MOST_WORDS = 5000
FREQUENT, RARER = "äöüßéèëïçñáíóúåøæšž", "àâãêìîòôõùûýÿœð"
MARKS = "€£§°’‘“”–—…´®©™«»·\u00a0"


class UnknownEncoding(LookupError):
    """There is no such encoding, or it is none of texts."""


@dataclass(frozen=True)
class Look:
    """What a look through the whole of a file tells: about how many lines it has, its SHA-256, and its encoding."""

    lines: int
    fingerprint: str
    encoding: str


def encoding_name(encoding: str) -> str:
    """What people call it."""
    return ENCODINGS.get(encoding.removesuffix("-sig"), encoding)


def look_through(path: Path, encoding: str = "") -> Look:
    """Read a file once from end to end; with `encoding`, somebody has said what it is written in."""
    encoding = _python_name(encoding) if encoding else ""
    digest, decoder, is_utf8 = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), True
    breaks = {b"\n": 0, b"\r": 0}
    with path.open("rb") as file:
        start = file.read(4096)
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            breaks = {sign: count + chunk.count(sign) for sign, count in breaks.items()}
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
    found = _marked(start, encoding) or encoding or _without_mark(start)
    if not found:
        found = "utf-8" if is_utf8 else _nearest(path, has_old_mac_lines=breaks[b"\r"] > 0 == breaks[b"\n"])
    return Look(max(breaks.values()), digest.hexdigest() if start else "", found)


def is_utf_16(start: bytes) -> bool:
    """Whether a file that begins like this is UTF-16, with a mark or without."""
    return _marked(start, "").startswith("utf-16") or _without_mark(start) != ""


def _python_name(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError as error:
        raise UnknownEncoding(encoding) from error
    return name


def _marked(start: bytes, wanted: str) -> str:
    """What the byte order mark says, unless somebody says that it is something else."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if start.startswith(mark)), "")
    return marked if marked.startswith(wanted[:6]) else ""


def _without_mark(start: bytes) -> str:
    """UTF-16 without its mark: every other byte of a Western text is zero."""
    pairs = len(start) // 2
    first, second = (start[place : 2 * pairs : 2].count(0) for place in (0, 1))
    if second * 2 > pairs and first * 10 < pairs:
        return "utf-16-le"
    return "utf-16-be" if first * 2 > pairs and second * 10 < pairs else ""


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _nearest(path: Path, *, has_old_mac_lines: bool) -> str:
    """UTF-8 with a few broken bytes, or the old encoding in which the words of the file make the most sense."""
    broken = others = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        while chunk := file.read(CHUNK):
            broken += chunk.count("\ufffd")
            others += len(chunk) - len(chunk.encode("ascii", "ignore"))
    if others >= 2 * broken:
        return "utf-8"
    words = _odd_words(path)
    likeliest_first = ("mac-roman", "cp1252", "cp850") if has_old_mac_lines else OLD
    return max(likeliest_first, key=lambda encoding: sum(_sense(word.decode(encoding, "replace")) for word in words))


def _odd_words(path: Path) -> list[bytes]:
    """Words with bytes beyond ASCII, a few thousand at most."""
    found: dict[bytes, None] = {}
    with path.open("rb") as file:
        while len(found) < MOST_WORDS and (chunk := file.read(CHUNK)):
            found |= dict.fromkeys(match[0] for match in islice(WORD.finditer(chunk), MOST_WORDS))
    return list(found)


def _sense(word: str) -> int:
    """How much a word looks like one of Western Europe."""
    padded = f" {word} "
    return sum(
        _sense_of(before, sign, after)
        for before, sign, after in zip(padded, word, padded[2:], strict=False)
        if not sign.isascii()
    )


def _sense_of(before: str, sign: str, after: str) -> int:
    if sign in FREQUENT or sign in RARER:
        return 3 if sign in FREQUENT else 2
    if sign.lower() in FREQUENT or sign.lower() in RARER:
        fits = not before.isalpha() or (before.isupper() and not after.islower())
        return -3 if not fits else 2 if before.isalpha() or after.isalpha() else 0
    if sign == "’" and before.isalpha() and after.isalpha():
        return 3
    return 0 if sign in MARKS and not (before.isalpha() and after.isalpha()) else -6 if sign == "\ufffd" else -3
