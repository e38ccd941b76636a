"""Reading and writing single pictures: whatever the file holds becomes an upright 8-bit sRGB frame."""

import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from f2v_core.config import Fit
from f2v_core.errors import ExportError, MediaError
from f2v_core.frames import Frame, FramePair, check_frame
from f2v_core.media.fitting import fit_frame, resize_array, resize_frame
from f2v_core.storage import atomic_file

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "decode_image", "encode_png", "encode_webp", "fit_frame", "read_image", "read_pair", "resize_array", "resize_frame",
    "write_png",
]  # fmt: skip

MAX_PIXELS = 100_000_000
"""Larger pictures are refused before they are decoded: 100 megapixels are 300 MB as a frame."""
FORMATS = (
    "PNG", "JPEG", "MPO", "WEBP", "AVIF", "HEIF", "GIF", "BMP", "DIB", "TIFF", "JPEG2000", "PPM", "TGA", "ICO", "PCX",
    "DDS", "QOI", "SGI", "PSD",
)  # fmt: skip
"""What is read, in Pillow's names: no formats that run programs (EPS) or are nothing but drawings."""
HEIF_REMEDY = "HEIC pictures need one more library: pip install 'f2v[heif]'."
REMEDY = "Choose a PNG, JPEG, WebP, AVIF, TIFF, GIF or BMP file; for a video, take its frames."
DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, AttributeError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip
"""What Pillow's readers raise on damaged files."""


def read_image(path: Path) -> Frame:
    """Read a picture file.

    EXIF orientation is applied, a colour profile is turned into sRGB, alpha is laid over white, 16 bits are
    scaled to 8, of an animation the first frame is taken.

    Returns:
        (H, W, 3) uint8 RGB.

    Raises:
        MediaError: missing, a folder, empty, not readable, not a picture, damaged, or above 100 megapixels.
    """
    try:
        if path.is_dir():
            raise MediaError(f"{path} is a folder, not a picture.", "Choose a file inside it.")
        with path.open("rb") as file:
            return _decode(file, str(path))
    except FileNotFoundError as error:
        raise MediaError(f"{path} does not exist.", "Check the name and the folder.") from error
    except OSError as error:
        raise MediaError(f"{path} cannot be opened: {error.strerror}.", "Check its permissions.") from error
    except ValueError as error:
        raise MediaError(f"{str(path)!r} is not a file name: {error}.", "Choose a file.") from error


def decode_image(data: bytes, name: str) -> Frame:
    """Decode a picture that lies in memory, such as one from the clipboard; like `read_image`.

    Raises:
        MediaError: see `read_image`; `name` stands in the message.
    """
    return _decode(BytesIO(data), name)


def _decode(file: BinaryIO, name: str) -> Frame:
    head = file.read(12)
    file.seek(0)
    if not head:
        raise MediaError(f"{name} is empty: it has 0 bytes.", "Copy or download it again.")
    heif = head[4:8] != b"ftyp" or _register_heif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's doubts about metadata; what it cannot read, it raises
        return _understood(file, name, REMEDY if heif else HEIF_REMEDY)


def _understood(file: BinaryIO, name: str, remedy: str) -> Frame:
    """Decode with Pillow and put its many errors into words; `remedy` is for files of no known format."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - the window shows before it is needed

    Image.init()
    try:
        with Image.open(file, formats=[each for each in FORMATS if each in Image.OPEN]) as image:
            _check_pixels(image, name)
            return _to_frame(image)
    except UnidentifiedImageError as error:
        raise MediaError(f"{name} is not a picture that f2v can read.", remedy) from error
    except Image.DecompressionBombError as error:
        raise _too_large(name, "more than 178") from error
    except DAMAGED as error:
        raise MediaError(f"{name} is damaged: {error}.", "Copy or download it again.") from error


def _register_heif() -> bool:
    """Teach Pillow HEIC where the optional library is installed."""
    try:
        from pi_heif import register_heif_opener  # noqa: PLC0415 - optional
    except ImportError:
        return False
    register_heif_opener()
    return True


def _check_pixels(image: "Image", name: str) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(name, f"{image.width}x{image.height}, {image.width * image.height / 1e6:.0f}")


def _too_large(name: str, size: str) -> MediaError:
    return MediaError(f"{name} has {size} megapixels.", "Scale it down to 100 megapixels or less.")


def _to_frame(image: "Image") -> Frame:
    """Decode, then one step each for orientation, depth, transparency and colour."""
    image.load()
    image = _upright(image)
    if image.mode.startswith(("I", "F")):
        return np.repeat(_to_8_bits(np.asarray(image))[..., None], 3, axis=2)
    if image.has_transparency_data:
        return _over_white(image)
    return np.array(_to_srgb(image))


def _upright(image: "Image") -> "Image":
    from PIL import ImageOps  # noqa: PLC0415 - as above

    try:
        return ImageOps.exif_transpose(image)
    except DAMAGED:  # damaged metadata: the pixels are still good
        return image


def _to_8_bits(values: NDArray[Any]) -> NDArray[np.uint8]:
    """(H, W) greys of 16 bits or more, or of floats, to 8: by the smallest usual full scale that holds them all."""
    values = np.nan_to_num(values)
    largest = float(values.max())
    scales = (65535.0, largest) if values.dtype.kind in "iu" else (1.0, 255.0, 65535.0, largest)
    full = next(scale for scale in scales if largest <= scale)
    scaled: NDArray[np.float64] = np.clip(values * (255.0 / full), 0, 255)
    return np.rint(scaled).astype(np.uint8)


def _over_white(image: "Image") -> Frame:
    from PIL import Image as Images  # noqa: PLC0415 - as above

    alpha = image.convert("RGBA")
    profile = image.info.get("icc_profile")
    colours = alpha.convert("RGB")
    if profile is not None:
        colours.info["icc_profile"] = profile
    colours = _to_srgb(colours)
    white = Images.new("RGB", image.size, "white")
    return np.array(Images.composite(colours, white, alpha.getchannel("A")))


def _to_srgb(image: "Image") -> "Image":
    """RGB pixels in sRGB; those that are sRGB already, or have no usable profile, keep their values."""
    from PIL import ImageCms  # noqa: PLC0415 - as above

    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(source).lower():
                target = ImageCms.createProfile("sRGB")
                return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):  # a broken profile: the pixels are still good
            return image.convert("RGB")
    return image.convert("RGB")


def read_pair(first: Path, last: Path, size: tuple[int, int] | None = None, fit: Fit = "fill") -> FramePair:
    """Read two picture files as a pair of equal size.

    Args:
        first, last: see `read_image`.
        size: (width, height) in pixels; None: the first picture's own.
        fit: what happens to a picture of another shape, see `fit_frame`.

    Raises:
        MediaError: a file cannot be read.
    """
    one, other = read_image(first), read_image(last)
    size = size or (one.shape[1], one.shape[0])
    return FramePair(fit_frame(one, size, fit), fit_frame(other, size, fit))


def encode_png(frame: Frame) -> bytes:
    """A frame as a PNG file's bytes, without loss.

    Raises:
        InputError: not a frame.
    """
    import cv2  # noqa: PLC0415 - as above

    check_frame(frame, "The frame to write")
    _, data = cv2.imencode(".png", cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    return bytes(data)


def encode_webp(frame: Frame, quality: int) -> bytes:
    """A frame as a WebP file's bytes, small and lossy.

    Args:
        quality: 1 (smallest) to 100.

    Raises:
        InputError: not a frame.
    """
    import cv2  # noqa: PLC0415 - as above

    check_frame(frame, "The frame to write")
    _, data = cv2.imencode(
        ".webp", cv2.cvtColor(frame, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, quality]
    )
    return bytes(data)


def write_png(path: Path, frame: Frame) -> None:
    """Write a frame as a PNG file, whole or not at all; an existing file is replaced.

    Raises:
        ExportError: the file cannot be written.
    """
    data = encode_png(frame)
    try:
        with atomic_file(path) as partial:
            partial.write_bytes(data)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.", "Choose another folder.") from error
