"""Pictures that come in by a form."""

from collections.abc import Callable
from typing import BinaryIO

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from shopadmin.pictures.encoding import EncodedPicture, PictureRefused, encode

ACCEPTED = "image/jpeg,image/png,image/webp"
Encoder = Callable[[BinaryIO], EncodedPicture]


class PictureField(forms.FileField):
    """One picture, made into the files that the shop shows by `encoder`; nothing where none was chosen."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def __init__(self, *, encoder: Encoder = encode, **options) -> None:
        super().__init__(required=False, **options)
        self.encoder = encoder

    def clean(self, data: UploadedFile | None, initial=None) -> EncodedPicture | None:
        """Return the picture; a reason, in words, for a file that is none."""
        if not data:
            return None
        try:
            return encoded(data, self.encoder)
        except PictureRefused as reason:
            raise forms.ValidationError(str(reason)) from None


def encoded(file: UploadedFile, encoder: Encoder = encode) -> EncodedPicture:
    """Return an uploaded picture; PictureRefused where it is empty, too large, or none."""
    if not file.size:
        raise PictureRefused(_("This file is empty."))
    if file.size > settings.PICTURE_MAX_SIZE:
        raise PictureRefused(too_large())
    content: BinaryIO = file.file
    content.seek(0)  # a form is checked once more where somebody else changed the same row meanwhile
    return encoder(content)


def too_large() -> str:
    """Say how large a file may be."""
    return _("The file is too large. The maximum size is %(most)s.") % {
        "most": filesizeformat(settings.PICTURE_MAX_SIZE)
    }
