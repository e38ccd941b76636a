"""A text of ours inside a written file: how it was made, for whoever opens it in f2v again.

Videos carry it as their comment. PNG files carry an iTXt chunk (PNG, third edition, 11.3.3.4), GIF files a comment
extension (GIF89a, 24), WebP files XMP metadata (RFC 9649, 2.7.1.5): none of them changes a pixel.
"""

import json
import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, unescape

from f2v_core.errors import DataError
from f2v_core.version import __version__

KEY = "f2v"
"""The keyword of the chunk in a PNG file, and the name beside which all settings stand."""
VIDEOS = {".mp4", ".webm", ".mkv"}
_PNG, _IHDR_END = b"\x89PNG\r\n\x1a\n", 33
_XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><f2v xmlns="https://f2v.invalid/ns/">{}</f2v></x:xmpmeta>'
_IN_XMP = re.compile(rb"<f2v [^>]*>([^<]*)</f2v>")


def settings_text(values: Mapping[str, Any]) -> str:
    """Settings by name as one line of JSON, beside the version that wrote them: what `read_settings` reads."""
    return json.dumps({KEY: __version__, **values}, ensure_ascii=False, separators=(",", ":"))


def embed(path: Path, text: str) -> None:
    """Put a text into a finished PNG, GIF or WebP file, or into each PNG of a folder.

    Raises:
        OSError: it cannot be written.
    """
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        data = file.read_bytes()
        file.write_bytes(_WAYS[_kind(data)](data, text.encode()))


def read_settings(path: Path) -> dict[str, Any] | None:
    """The settings with which f2v wrote a file or a folder of frames; None where there are none, or none of ours.

    Raises:
        DataError: the file cannot be read.
    """
    try:
        text = _read(path)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.", "Choose another file.") from error
    try:
        values = json.loads(text) if text else None
    except ValueError:
        return None
    return values if isinstance(values, dict) and KEY in values else None


def _read(path: Path) -> str:
    if path.is_dir():
        first = min(path.glob("*.png"), default=None)
        return _read(first) if first else ""
    if path.suffix.lower() in VIDEOS:
        return _video_comment(path)
    with path.open("rb") as file:
        head = file.read(16)
        kind = _kind(head)
        return _READERS[kind](head + file.read()) if kind else ""


def _video_comment(path: Path) -> str:
    import av  # noqa: PLC0415 - loads slowly, and not every file is a video

    try:
        with av.open(f"file:{path}") as container:
            tags = {name.lower(): value for name, value in container.metadata.items()}
    except av.FFmpegError:
        return ""
    return str(tags.get("comment", ""))


def _kind(data: bytes) -> str:
    if data.startswith(_PNG):
        return "png"
    if data.startswith(b"GIF8"):
        return "gif"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def _into_png(data: bytes, text: bytes) -> bytes:
    body = b"iTXt" + KEY.encode() + b"\0\0\0\0\0" + text
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:_IHDR_END] + chunk + data[_IHDR_END:]


def _from_png(data: bytes) -> str:
    at, wanted = len(_PNG), KEY.encode() + b"\0\0\0\0\0"
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(wanted):
            return body[len(wanted) :].decode(errors="replace")
        if kind in {b"IDAT", b"IEND"}:
            break
        at += 12 + length
    return ""


def _gif_table_end(data: bytes) -> int:
    """Where the header, the screen's description and its colours end."""
    flags = data[10]
    return 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)


def _into_gif(data: bytes, text: bytes) -> bytes:
    at = _gif_table_end(data)
    blocks = b"".join(
        bytes([len(part)]) + part for part in (text[i : i + 255] for i in range(0, len(text), 255))
    )
    return data[:at] + b"\x21\xfe" + blocks + b"\0" + data[at:]


def _from_gif(data: bytes) -> str:
    at = _gif_table_end(data) if len(data) > 10 else 0
    if data[at : at + 2] != b"\x21\xfe":
        return ""
    at, parts = at + 2, []
    while at < len(data) and (length := data[at]):
        parts.append(data[at + 1 : at + 1 + length])
        at += 1 + length
    return b"".join(parts).decode(errors="replace")


def _into_webp(data: bytes, text: bytes) -> bytes:
    """XMP comes last, and the extended header (flags at byte 20) says that it is there."""
    body = _XMP.format(escape(text.decode())).encode()
    chunk = b"XMP " + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    flagged = data[:20] + bytes([data[20] | 0x04]) + data[21:] + chunk
    return flagged[:4] + struct.pack("<I", len(flagged) - 8) + flagged[8:]


def _from_webp(data: bytes) -> str:
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        if kind == b"XMP ":
            found = _IN_XMP.search(data[at + 8 : at + 8 + length])
            return unescape(found[1].decode(errors="replace")) if found else ""
        at += 8 + length + length % 2
    return ""


_WAYS = {"png": _into_png, "gif": _into_gif, "webp": _into_webp}
_READERS = {"png": _from_png, "gif": _from_gif, "webp": _from_webp}
