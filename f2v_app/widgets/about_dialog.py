"""What f2v is, whose work it stands on, and under which licences."""

from importlib.metadata import PackageNotFoundError, metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.buttons import dialog_button
from f2v_app.widgets.text_table import TextTable
from f2v_core.version import __version__

WIDTH, TABLE = 620, 300
"""Of the dialog, and the height of its table, in pixels."""
LIBRARIES = (
    "PySide6-Essentials", "torch", "numpy", "av", "opencv-python-headless", "Pillow", "pyqtgraph", "safetensors",
    "appdirs", "rich", "psutil", "typing_extensions",
)  # fmt: skip


def libraries() -> list[tuple[str, ...]]:
    """Name, version and licence of each library that is installed."""
    found: list[tuple[str, ...]] = []
    for name in LIBRARIES:
        try:
            known = metadata(name)
        except PackageNotFoundError:
            continue
        found.append((name, known["Version"], _licence(known.get_all("Classifier", []), known)))
    return found


def _licence(classifiers: list[str], known: object) -> str:
    """The licence in one line: its SPDX expression, its classifier, or its first line."""
    get = known.get  # type: ignore[attr-defined]
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    given = (get("License-Expression") or "").strip() or ", ".join(named) or (get("License") or "").strip()
    return given.splitlines()[0] if given else ""


class AboutDialog(QDialog):
    """Name, version, licence, libraries."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About f2v"))
        self.setFixedWidth(WIDTH)
        title = QLabel(self.tr("f2v {0}").format(__version__), self)
        title.setFont(theme.title_font())
        words = QLabel(
            self.tr(
                "Frames to video: two pictures in, the video between them out, by several generators side by side."
                " It began with a student's poster of 2019, whose two networks are part of it."
            ),
            self,
            wordWrap=True,
        )
        licence = QLabel(
            self.tr(
                "f2v and its models are under the Apache Licence 2.0. PyAV's builds hold x264, which is under the GPL:"
                " a program that is handed on together with them is, too."
            ),
            self,
            wordWrap=True,
        )
        theme.set_role(licence, "muted")
        table = TextTable(
            {self.tr("Library"): "short", self.tr("Version"): "short", self.tr("Licence"): "text"},
            self.tr("libraries"),
            self,
        )
        table.setFixedHeight(TABLE)
        table.show_rows(libraries())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        for widget in (title, words, licence, table):
            column.addWidget(widget)
        close = dialog_button(self.tr("Close"), self, self.accept, "large")
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        close.setFocus()
