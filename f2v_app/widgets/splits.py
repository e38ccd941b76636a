"""The three splits of a dataset: their hues, the same wherever they are shown, and their names."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from f2v_core.data.records import SPLITS, Split

_HUES: dict[Split, str] = {"train": "#0f87d6", "val": "#e06c1f", "test": "#00a37a"}
"""Told apart by colour-blind eyes, visible on light and dark."""
DISC, ROOM = 8, 16
"""Pixels of the disc, and of the icon around it: headings leave no choice of that."""


def split_hue(split: Split) -> QColor:
    """The hue of a split; its name always stands beside it."""
    return QColor(_HUES[split])


def split_icon(split: Split) -> QIcon:
    """The hue as a small disc, for a heading."""
    icon = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(QSize(ROOM, ROOM) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(split_hue(split))
            painter.scale(ratio, ratio)
            painter.drawEllipse(QRectF(ROOM - DISC, (ROOM - DISC) / 2, DISC, DISC))
        icon.addPixmap(pixmap)
    return icon


def split_name(split: Split) -> str:
    """What a split is called, in the user's language."""
    names: dict[Split, str] = {
        "train": QCoreApplication.translate("Splits", "train"),
        "val": QCoreApplication.translate("Splits", "val"),
        "test": QCoreApplication.translate("Splits", "test"),
    }
    return names[split]


__all__ = ["SPLITS", "Split", "split_hue", "split_icon", "split_name"]
