"""What a clip is made of, as one name: the same pictures, model and settings that matter to it give the same one."""

from hashlib import blake2b

from f2v_core.config import GenerateConfig
from f2v_core.frames import FramePair
from f2v_core.library import ModelCard
from f2v_core.version import __version__

MATTERS = {"linear": (), "flow": (), "cvae": ("seed", "variation"), "cgan": ("seed", "variation", "detail")}
"""By kind of generator, the settings that its frames depend on; their number matters to all, their rate to none."""
DIGEST_BYTES = 16


def pair_digest(pair: FramePair) -> str:
    """A name for two pictures at their size."""
    digest = blake2b(digest_size=DIGEST_BYTES)
    digest.update(repr(pair.first.shape).encode())
    for frame in (pair.first, pair.last):
        digest.update(frame.tobytes())
    return digest.hexdigest()


def clip_key(pair: str, kind: str, card: ModelCard | None, config: GenerateConfig) -> str:
    """A name for the clip that a generator makes of a pair.

    Args:
        pair: from `pair_digest`.
        kind: "linear", "flow", "cvae" or "cgan".
        card: the trained model; None where the kind needs none. Its weights' size and time stand for them, where they
            are there.
        config: how the clip is made.
    """
    parts = [__version__, pair, kind, config.frames, *(getattr(config, name) for name in MATTERS[kind])]
    if card is not None:
        parts += [card.name, card.created, config.device]
        weights = card.folder / "weights.safetensors"
        if weights.is_file():
            parts += [weights.stat().st_size, weights.stat().st_mtime_ns]
    return blake2b(repr(parts).encode(), digest_size=DIGEST_BYTES).hexdigest()
