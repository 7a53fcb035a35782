"""Static files in production: hashed, compressed, and the style sheets as one without comments."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/layers.css"
IMPORT = re.compile(r'@import "(?P<file>[^"]+)"(?: layer\((?P<layer>\w+)\))?(?P<media> [^;]+)?;\n?')
UNREAD = re.compile(r"(?:\s*/\*.*?\*/\s*|\s*\n\s*)+", re.DOTALL)


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Writes SHEET with all its imports in it, so that a page asks for one style sheet."""

    def post_process(self, paths, dry_run=False, **options):
        """Bundle first, so that the bundle is what gets its hash and its compressed copies."""
        if not dry_run:
            paths = self._bundle(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def stored_name(self, name):
        """Name the plain file where nothing was collected: WhiteNoise then serves the sources."""
        return super().stored_name(name) if self.hashed_files else name

    def _bundle(self, paths):
        parts = set()
        content = without_comments(inlined(paths, SHEET, parts))
        for name in [SHEET, *parts]:
            self.delete(name)
        self._save(SHEET, ContentFile(content.encode()))
        return {name: source for name, source in paths.items() if name not in parts} | {SHEET: (self, SHEET)}


def without_comments(content):
    """Return a sheet without what browsers skip: a fifth of what they would wait for."""
    return UNREAD.sub("\n", content).strip()


def inlined(paths, name, parts):
    """Return the sheet `name` with each `@import` replaced by what it stands for; add those to `parts`."""

    def content_of(match):
        part = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["file"]))
        parts.add(part)
        content = inlined(paths, part, parts)
        if match["layer"]:
            content = f"@layer {match['layer']} {{\n{content}}}\n"
        if match["media"]:
            content = f"@media{match['media']} {{\n{content}}}\n"
        return content

    storage, path = paths[name]
    with storage.open(path) as sheet:
        return IMPORT.sub(content_of, sheet.read().decode())
