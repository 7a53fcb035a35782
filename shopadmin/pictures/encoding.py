"""An uploaded picture, made into the files that the shop shows: checked, upright, and nothing but pixels."""

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from shopadmin.pictures.picture import WIDTHS, Picture

FORMATS = ("JPEG", "PNG", "WEBP")
TALLEST = 2 * WIDTHS[-1]
LOGO = (480, 120)  # three pixels for each that it takes on a page
LONGEST_SIDE = 16_000
# What takes 200 MB while it is decoded; Pillow warns of more at the head of a file, which is an error here.
MOST_PIXELS = Image.MAX_IMAGE_PIXELS = 64_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)
SRGB = ImageCms.createProfile("sRGB")

# One at a time in each process, so that memory for one is enough.
_decoding = Lock()


class PictureRefused(Exception):
    """Why a file is not taken, in words for whoever sent it."""


@dataclass(frozen=True)
class EncodedPicture:
    """A picture with the content of its files, by their names."""

    picture: Picture
    files: dict[str, bytes]


def encode(file: BinaryIO) -> EncodedPicture:
    """Return the picture in all sizes and formats; PictureRefused where it is none, or none that we take."""
    with _decoding:
        return _in_all_sizes(_on_white(_pixels(file)))


def encode_logo(file: BinaryIO) -> EncodedPicture:
    """Return the picture as one small PNG, through which one sees what it stands on; PictureRefused as above."""
    with _decoding:
        image = _pixels(file)
        image.thumbnail(LOGO, Image.Resampling.LANCZOS)
    content = _bytes_of(image, "png")
    picture = Picture(sha256(content).hexdigest(), *image.size)
    return EncodedPicture(picture, {picture.file_name(image.width, "png"): content})


def _pixels(file: BinaryIO) -> Image.Image:
    """Return what is seen of a file, upright, and nothing else: of several frames, the first."""
    try:
        file.seek(0)
        with Image.open(file, formats=FORMATS) as image:
            _refuse_what_is_too_large(*image.size)
            image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # no JPEG is decoded larger than it takes
            image.load()
            return _plain(_upright(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Image.UnidentifiedImageError:
        raise PictureRefused(_("This is not a JPEG, PNG or WebP picture.")) from None
    except PictureRefused:
        raise
    except Exception:  # a file that only begins like a picture trips readers in more ways than they say
        raise PictureRefused(_("This picture is damaged or incomplete.")) from None


def _refuse_what_is_too_large(width: int, height: int) -> None:
    """Judge by the sizes at the head of the file, before anything is decoded."""
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise _too_large()


def _too_large() -> PictureRefused:
    words = _("This picture has too many pixels. Use one of up to %(side)d pixels a side and %(millions)d megapixels.")
    return PictureRefused(words % {"side": LONGEST_SIDE, "millions": MOST_PIXELS // 1_000_000})


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # what says how the camera was held is broken; the picture is not
        return image


def _plain(image: Image.Image) -> Image.Image:
    """Return a new picture of the colours alone, and what one sees through: what else a file carries stays behind."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    plain = Image.new("RGB", image.size)
    plain.paste(_in_srgb(image))
    if image.has_transparency_data:
        plain.putalpha(image.convert("RGBA").getchannel("A"))
    return plain


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # the profile is broken, or of another kind of picture
    return image.convert("RGB")


def _in_all_sizes(image: Image.Image) -> EncodedPicture:
    width = max(1, min(image.width, WIDTHS[-1], image.width * TALLEST // image.height))
    height = max(1, round(image.height * width / image.width))
    image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    largest = _bytes_of(image, "webp")
    picture = Picture(sha256(largest).hexdigest(), width, height)
    files = {picture.file_name(width, "webp"): largest, picture.file_name(width, "jpg"): _bytes_of(image, "jpg")}
    for narrower in picture.widths[:-1]:
        smaller = image.resize((narrower, max(1, round(height * narrower / width))), Image.Resampling.LANCZOS)
        files |= {picture.file_name(narrower, ending): _bytes_of(smaller, ending) for ending in ("webp", "jpg")}
    return EncodedPicture(picture, files)


def _bytes_of(image: Image.Image, ending: str) -> bytes:
    file = BytesIO()
    if ending == "png":
        image.save(file, "PNG", optimize=True)
    elif ending == "webp":
        image.save(file, "WEBP", quality=82)
    else:
        image.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()
