"""What is said about one clip: under its picture, in its tooltip, to a screen reader."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from f2v_app.widgets.data_words import flag_words
from f2v_app.widgets.splits import split_name
from f2v_core.data.plan import SCENE
from f2v_core.data.records import ClipRecord


@dataclass(frozen=True)
class ClipWords:
    """Two short lines, and everything."""

    title: str
    line: str
    details: str

    @property
    def spoken(self) -> str:
        """Everything in one line."""
        return self.details.replace("\n", ", ")


def words_of(record: ClipRecord) -> ClipWords:
    """Say what a record says."""
    scene = record.video.startswith(SCENE)
    title = record.video.removeprefix(SCENE).replace("/", " ") if scene else record.video.rsplit("/", 1)[-1]
    flags = flag_words(record.flags)
    motion = f"{record.motion:.2g}"
    line = flags or _tr("motion {0}").format(motion)
    details = [
        title if scene else record.video,
        " · ".join(filter(None, [split_name(record.split), record.category])),
        _tr("{0} s from {1}, {2} × {3} px").format(
            f"{record.frames / record.fps:.3g}", clock(record.start_s), record.width, record.height
        ),
        _tr("Motion {0} a second, L2 of linear interpolation {1}").format(motion, f"{record.linear_l2:.3g}"),
    ]
    if flags:
        details.append(_tr("Flags: {0}").format(flags))
    return ClipWords(title, line, "\n".join(details))


def clock(seconds: float) -> str:
    """A place in a video: "4.2 s", "3:07.5"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds * 10), 600)
    hours, minutes = divmod(minutes, 60)
    start = f"{hours}:{minutes:02}" if hours else str(minutes)
    return f"{start}:{rest / 10:04.1f}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClipWords", text)
