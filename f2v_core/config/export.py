"""What of a clip is written to a file, and how that plays."""

from dataclasses import dataclass

from f2v_core.knobs import Config, knob

MOST = 1_000_000
"""Frames: more than any clip has."""


@dataclass(frozen=True)
class ExportConfig(Config):
    """What of a clip is written to a file, and how that plays."""

    from_frame: int = knob(
        1, "The first frame that is written, counted from 1.", low=1, high=MOST, group="Frames"
    )
    to_frame: int = knob(
        0, "The last frame that is written; 0: the clip's last.", low=0, high=MOST, group="Frames"
    )
    ping_pong: bool = knob(False, "Play forwards, then backwards.", group="Frames")
    plays: int = knob(
        0,
        "How often it plays; 0: without end in animated pictures, once in videos.",
        low=0,
        high=1000,
        group="Frames",
    )
    rate: float = knob(
        0.0,
        "Frames a second in the file, which lasts as long: some are left out or repeated; 0: as the clip.",
        unit="fps",
        low=0.0,
        high=240.0,
        group="Frames",
    )
    longest: int = knob(
        0,
        "The longest side in the file, which keeps its shape; 0: as the clip.",
        unit="px",
        low=0,
        high=16384,
        group="Size",
    )
