"""The Generate page's left side: the pair, the generators, the settings, and the one button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.samples import Sample
from f2v_app.session import Session
from f2v_app.settings import Settings
from f2v_app.widgets.buttons import push_button
from f2v_app.widgets.clip_settings import ClipSettings
from f2v_app.widgets.dropped import file_source
from f2v_app.widgets.fit_row import RULES, FitRow
from f2v_app.widgets.generator_rows import GeneratorRows
from f2v_app.widgets.made_file import Made
from f2v_app.widgets.pair_panel import PairPanel
from f2v_app.widgets.side_scroll import SideScroll
from f2v_core.config import GenerateConfig
from f2v_core.errors import InputError

WIDTH = 320
"""Pixels."""


class GeneratePanel(QFrame):
    """Everything that is to be decided before clips are made.

    Attributes:
        pair, fit, generators, clip: the parts from top to bottom.
        generate, cancel: the one button; they stand in the same place, one at a time.

    Signals:
        sample_wanted: the user chose a Sample.
        changed: something was decided otherwise.
    """

    sample_wanted = Signal(object)
    changed = Signal()

    def __init__(
        self, session: Session, settings: Settings, samples: Sequence[Sample], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        theme.set_role(self, "side")
        self.setFixedWidth(WIDTH)
        self.pair = PairPanel(session, settings, self)
        self.fit = FitRow(session, self)
        self.generators = GeneratorRows(self)
        self.clip = ClipSettings(self)
        self._samples = self._samples_button(samples)
        self.generate = push_button(self.tr("Generate"), self, "primary")
        self.cancel = push_button(self.tr("Cancel"), self, "large")
        self.cancel.setToolTip(hint(self.tr("Stop; what is made so far stays"), "cancel"))
        self._lay_out()
        self.show_running(running=False)
        for part in (self.fit, self.generators, self.clip):
            part.changed.connect(self.changed)

    def _samples_button(self, samples: Sequence[Sample]) -> QPushButton:
        button = QPushButton(self.tr("Sample pairs"), self)
        button.setAccessibleName(button.text())
        button.setToolTip(self.tr("Pictures that come with f2v"))
        button.setFont(theme.small_font())
        theme.set_role(button, "link")
        menu = QMenu(button)
        for sample in samples:
            action = menu.addAction(sample.title)
            action.triggered.connect(lambda _checked=False, each=sample: self.sample_wanted.emit(each))
        button.setMenu(menu)
        button.setVisible(bool(samples))
        return button

    def _lay_out(self) -> None:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        column.setSpacing(theme.S)
        column.addWidget(self.pair)
        column.addSpacing(theme.XS)
        column.addWidget(self.fit)
        column.addWidget(self._samples, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.S)
        column.addWidget(QLabel(self.tr("Generators"), self))
        column.addWidget(self.generators)
        column.addSpacing(theme.M)
        column.addWidget(self.clip)
        column.addStretch()
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.L, theme.S, theme.L, theme.L)
        foot.addWidget(self.generate)
        foot.addWidget(self.cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(SideScroll(content, self), stretch=1)
        whole.addLayout(foot)

    def show_running(self, *, running: bool) -> None:
        """Offer to start or to stop; the focus goes along."""
        other = self.generate if running else self.cancel
        held = other.hasFocus()
        self.generate.setVisible(not running)
        self.cancel.setVisible(running)
        self.cancel.setEnabled(True)
        if held:
            (self.cancel if running else self.generate).setFocus()

    def set_ready(self, why_not: str) -> None:
        """Allow to generate, or say why it cannot be done yet."""
        self.generate.setEnabled(not why_not)
        self.generate.setToolTip(why_not or hint(self.tr("Make the clips"), "generate"))

    def decide_as(self, made: Made) -> None:
        """Decide as clips were made."""
        self._session.fit = made.fit
        self.clip.show_config(made.config)
        self.clip.set_longest(made.longest)
        self.generators.only(made.models)

    def load_made(self, made: Made) -> str:
        """Decide as an exported file was made, and load its pair; returns what is missing, in words, or nothing."""
        self.decide_as(made)
        missing = [path for path in made.pair or () if not path.is_file()]
        if made.pair is None:
            return self.tr("The file does not say where its two pictures are. The settings are as it says.")
        if missing:
            return self.tr("{0} is not there any more. The settings are as the file says.").format(missing[0])
        self.pair.load([file_source(path) for path in made.pair], "first")
        return ""

    def remember(self) -> None:
        """Write what is decided into the settings."""
        write = self._settings.write
        write("pair/fit", self._session.fit)
        write("clip/config", self.clip.config.to_json())
        write("clip/longest", self.clip.longest)
        write("clip/generators", self.generators.state())

    def restore(self) -> None:
        """Decide as remembered."""
        read = self._settings.read
        fit = read("pair/fit", "fill")
        self._session.fit = fit if fit in RULES else "fill"
        try:
            config = GenerateConfig.from_json(read("clip/config", {}))
        except InputError:  # written by another version: the defaults are as good
            config = GenerateConfig()
        self.clip.show_config(config)
        self.clip.set_longest(read("clip/longest", 0))
        self.generators.restore(read("clip/generators", {}))
