"""What somebody dropped or pasted: picture files, picture data, or an error that says what to do instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage

from f2v_app.samples import Picture
from f2v_app.widgets.pictures import frame_from_image
from f2v_core.errors import InputError


@dataclass(frozen=True)
class Source:
    """A picture that is still to be read.

    Attributes:
        name: what to call it.
        load: reads it, in any thread; raises F2vError.
    """

    name: str
    load: Callable[[], Picture]


def file_source(path: Path) -> Source:
    """A picture file."""

    def load() -> Picture:
        from f2v_core.media.images import read_image  # noqa: PLC0415 - loads Pillow when the first file comes

        return Picture(path.name, read_image(path), path.absolute())

    return Source(path.name, load)


def may_hold_pictures(mime: QMimeData) -> bool:
    """Whether a drag is worth accepting; what it really holds is seen when it is dropped."""
    return mime.hasUrls() or mime.hasImage() or mime.hasText() or bool(_image_formats(mime))


def sources_in(mime: QMimeData) -> list[Source]:
    """The pictures in a drop or a paste: local files in name order, else picture data, else a path in text.

    Raises:
        InputError: there is none; the remedy says what to do instead.
    """
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return [file_source(path) for path in sorted(files, key=natural_order)]
    data = _data_source(mime)
    if data is not None:
        return [data]
    paths = [Path(line.strip()).expanduser() for line in mime.text().splitlines() if line.strip()]
    if paths and all(path.is_file() for path in paths[:2]):
        return [file_source(path) for path in paths]
    raise _nothing(mime)


def natural_order(path: Path) -> list[tuple[int, str]]:
    """Sorts frame2.png before frame10.png."""
    parts = re.split(r"(\d+)", path.name.lower())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def _image_formats(mime: QMimeData) -> list[str]:
    return [name for name in mime.formats() if name.startswith("image/")]


def _data_source(mime: QMimeData) -> Source | None:
    name = QCoreApplication.translate("dropped", "Pasted picture")
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    if not image.isNull():
        return Source(name, lambda: Picture(name, frame_from_image(image)))
    packed = [bytes(mime.data(kind).data()) for kind in _image_formats(mime)]
    data = next(filter(None, packed), b"")
    return Source(name, lambda: _decoded(data, name)) if data else None


def _decoded(data: bytes, name: str) -> Picture:
    from f2v_core.media.images import decode_image  # noqa: PLC0415 - as above

    return Picture(name, decode_image(data, name))


def _nothing(mime: QMimeData) -> InputError:
    def words(text: str) -> str:
        return QCoreApplication.translate("dropped", text)

    web = [url.toString() for url in mime.urls() if url.scheme().startswith("http")]
    if web:
        return InputError(
            words("{0} is a link, not a picture.").format(web[0]),
            words("Copy the picture itself, or save it and drop the file."),
        )
    return InputError(
        words("There is no picture in that."), words("Drop a picture file, or copy a picture and paste it.")
    )
