"""Which encoders this installation of PyAV brings."""

from av.codec import Codec
from av.codec.codec import UnknownCodecError

ENCODERS = {
    "H.264": "libx264",
    "VP9": "libvpx-vp9",
    "FFV1": "ffv1",
    "GIF": "gif",
    "APNG": "apng",
    "WebP": "libwebp_anim",
}
"""FFmpeg's name of the encoder behind each format that f2v writes."""


def missing_encoders() -> list[str]:
    """The formats, by the names that users know, that cannot be written here."""
    return [name for name, encoder in ENCODERS.items() if not _has(encoder)]


def _has(encoder: str) -> bool:
    try:
        return Codec(encoder, "w").is_encoder
    except UnknownCodecError:
        return False
