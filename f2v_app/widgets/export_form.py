"""The questions of an export: what, in which format, how much of it, and where."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from f2v_app import theme
from f2v_app.widgets.config_form import ConfigForm
from f2v_app.widgets.export_plan import COMPARISON, Source, sources, suggested_path, with_ending
from f2v_app.widgets.fold import Fold
from f2v_core.config import ExportConfig
from f2v_core.errors import InputError
from f2v_core.frames import Clip
from f2v_core.media.edits import edited_numbers, scaled_size
from f2v_core.media.presets import ENDINGS, PRESETS, preset_of

OF_CLIPS = ("to_frame", "ping_pong", "plays", "rate")
"""The knobs that a single frame has no use for."""


def usual_folder() -> Path:
    """Where videos go when nothing else is known: the user's folder of films, else the home."""
    films = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
    return Path(films) if films and Path(films).is_dir() else Path.home()


class ExportForm(QWidget):
    """Source, format, changes and path; the path's ending and the format follow each other.

    Signals:
        changed: the user changed an answer.
    """

    changed = Signal()

    def __init__(
        self, clips: Mapping[str, Clip], pair_name: str, folder: Path | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        known = folder is not None and folder.is_dir()
        self._folder = folder if folder is not None and known else usual_folder()
        self._pair_name = pair_name
        self._sources = sources(clips)
        self._suggested = self._answered_path = ""
        self._what = QComboBox(self)
        self._format = QComboBox(self)
        self._path = QLineEdit(self)
        self._words = QLabel(self, wordWrap=True)
        self._edits = ConfigForm(ExportConfig.knobs(), ExportConfig().to_json(), self)
        same = self.tr("as the clip")
        self._edits.name_zeros({"to_frame": self.tr("last"), "rate": same, "longest": same})
        self._fold = Fold(self.tr("Range, repeats, rate and size"), self._edits, self)
        self._fill()
        self._lay_out()
        self._suggest()
        self._answered()

    def _fill(self) -> None:
        for source in self._sources:
            self._what.addItem(self._title(source), source)
        self._offer(self._sources[0].presets)
        self._edits.changed.connect(self._answered)
        self._what.activated.connect(self._on_what)
        self._format.activated.connect(self._on_format)
        self._path.textEdited.connect(lambda _text: self.changed.emit())
        self._path.editingFinished.connect(self._on_path)

    def _title(self, source: Source) -> str:
        if source.still:
            return self.tr("Contact sheet")
        grid = source.name == COMPARISON and len(self._sources) > 2
        return self.tr("Comparison of all, side by side") if grid else source.name

    def _offer(self, names: Sequence[str]) -> None:
        """Offer these formats; the one that was chosen stays if it is among them."""
        chosen = self._format.currentData()
        self._format.clear()
        for name in names:
            words = f"{self.tr(PRESETS[name].title)}: {self.tr(PRESETS[name].description)}"
            self._format.addItem(words, name)
        self._format.setCurrentIndex(max(0, self._format.findData(chosen)))

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("Browse…"), self)
        browse.setAutoDefault(False)
        browse.setAccessibleName(self.tr("Browse"))
        browse.setToolTip(self.tr("Choose the file's name and folder"))
        browse.clicked.connect(self._on_browse)
        self._words.setFont(theme.small_font())
        theme.set_role(self._words, "muted")
        file = QHBoxLayout()
        file.setSpacing(theme.S)
        file.addWidget(self._path, stretch=1)
        file.addWidget(browse)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.M)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("What"), self._what),
            (self.tr("Format"), self._format),
            (self.tr("File"), self._path),
        )
        for line, (text, field) in enumerate(rows):
            label = QLabel(text, self)
            label.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(label, line, 0)
        grid.addWidget(self._what, 0, 1)
        grid.addWidget(self._format, 1, 1)
        grid.addLayout(file, 2, 1)
        grid.addWidget(self._fold, 3, 1)
        grid.addWidget(self._words, 4, 1)

    @property
    def source(self) -> Source:
        """What is to be written."""
        return self._sources[self._what.currentIndex()]

    @property
    def path(self) -> Path:
        """Where it is to be written; its ending is that of the format."""
        return with_ending(Path(self._path.text().strip()).expanduser(), self._ending)

    @property
    def preset(self) -> str:
        """The name of the format."""
        return str(self._format.currentData())

    @property
    def config(self) -> ExportConfig:
        """What is written of it, and how that plays."""
        return ExportConfig.from_json(self._edits.values())

    @property
    def _ending(self) -> str:
        return PRESETS[self.preset].ending

    def set_path(self, path: Path) -> None:
        """Take a path as if the user had typed it."""
        self._path.setText(str(path))
        self._on_path()

    def _suggest(self) -> None:
        self._suggested = str(suggested_path(self._folder, self._pair_name, self.source, self._ending))
        self._path.setText(self._suggested)

    def _on_what(self) -> None:
        self._offer(self.source.presets)
        if self._path.text() == self._suggested:
            self._suggest()
        self._answered()

    def _on_format(self) -> None:
        if self._path.text() == self._suggested:
            self._suggest()
        self._path.setText(str(self.path))
        self._answered()

    def _on_path(self) -> None:
        """A known ending chooses the format; any other name gets the format's ending."""
        typed = Path(self._path.text().strip())
        if typed.suffix and typed.suffix.lower() in ENDINGS and typed.suffix.lower() != self._ending:
            found = self._format.findData(preset_of(typed))
            self._format.setCurrentIndex(found if found >= 0 else self._format.currentIndex())
        changed = str(self.path) != self._answered_path
        self._path.setText(str(self.path))
        if changed:
            self._answered()

    def _on_browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), str(self.path), options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.set_path(Path(chosen))

    def _answered(self) -> None:
        self._answered_path = str(self.path)
        self._describe()
        self.changed.emit()

    def _describe(self) -> None:
        still = PRESETS[self.preset].still
        self._edits.hide_knobs(OF_CLIPS if still and not self.source.still else ())
        self._fold.setVisible(not self.source.still)
        try:
            words = self._length(still=still)
        except InputError as error:
            self._words.setText(f"⚠ {error}")
            return
        kept = self.tr("Every pixel is kept exactly.")
        near = self.tr("Compressed: pixels change a little.")
        exact = PRESETS[self.preset].lossless and not self.config.longest
        self._words.setText(f"{words}. {kept if exact else near if not still else ''}".strip())

    def _length(self, *, still: bool) -> str:
        source, config = self.source, self.config
        numbers, rate = edited_numbers(source.count, source.fps, config, PRESETS[self.preset])
        words = self.tr("{0} frames, {1} s at {2} frames per second").format(
            len(numbers), f"{len(numbers) / rate:.1f}", f"{rate:g}"
        )
        if still:
            words = (
                self.tr("Frame {0}").format(numbers[0] + 1)
                if not source.still
                else self.tr("All clips on paper")
            )
        if source.size is not None:
            words += self.tr(", {0} × {1} pixels").format(*scaled_size(source.size, config.longest))
        return words
