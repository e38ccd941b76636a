"""How long, how fast, from which random numbers and how large the clips are to be."""

import random
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from f2v_app import theme
from f2v_app.widgets.fold import Fold
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_app.widgets.share_slider import ShareSlider
from f2v_core.config import GenerateConfig
from f2v_core.knobs import Knob

SIZES = (0, 2560, 1920, 1280, 640)
"""Longest sides to choose from; 0 is the first image's own size."""


class ClipSettings(QWidget):
    """Edits a GenerateConfig.

    Attributes:
        config: as it stands in the fields.

    Signals:
        changed: a field changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        knobs = {each.name: each for each in GenerateConfig.knobs()}
        self.config = GenerateConfig()
        self._seconds = self._number(knobs["seconds"], self.tr("Seconds"))
        self._fps = self._number(knobs["fps"], self.tr("Frames per second"))
        self._seed = IntBox(0, int(knobs["seed"].high or 0), "", self)
        self._seed.setMinimumWidth(6 * theme.L)  # ten digits would fit, but are hardly ever there
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.setToolTip(self.tr("The same seed gives the same video"))
        self._dice = self._dice_button()
        self._sum = QLabel(self)
        theme.set_role(self._sum, "muted")
        self._size = self._size_box()
        self._make_sliders()
        self._lay_out()
        for box in (self._seconds, self._fps, self._seed):
            box.valueChanged.connect(self._on_changed)
        for slider in (self._variation, self._detail):
            slider.changed.connect(self._on_changed)
        self._size.currentIndexChanged.connect(self._on_changed)
        self.show_config(self.config)

    def _number(self, knob: Knob, name: str) -> FloatBox:
        box = FloatBox(knob.low or 0.0, knob.high or 0.0, "", self)
        box.setAccessibleName(name)
        box.setToolTip(self.tr(knob.help))
        return box

    def _dice_button(self) -> QToolButton:
        button = QToolButton(self)
        theme.set_icon(button, "dice")
        button.setAccessibleName(self.tr("Another seed"))
        button.setToolTip(self.tr("Another seed: the trained models make another video"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self._seed.setValue(random.randrange(10_000)))
        return button

    def _size_box(self) -> QComboBox:
        box = QComboBox(self)
        for longest in SIZES:
            text = self.tr("At most {0} px").format(longest) if longest else self.tr("As the first image")
            box.addItem(text, longest)
        box.setAccessibleName(self.tr("Size"))
        box.setToolTip(self.tr("The longest side of the clips"))
        return box

    def _make_sliders(self) -> None:
        self._variation = ShareSlider(
            self.tr("Variation"),
            self.tr("How far videos of trained models stray from their mean: at 0 the seed has no effect"),
            self,
        )
        self._detail = ShareSlider(
            self.tr("Detail"),
            self.tr(
                "How much sharp detail a CGAN adds: at 0 it is as soft as a CVAE; of no effect on other generators"
            ),
            self,
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        seed = QHBoxLayout()
        seed.setSpacing(theme.XS)
        seed.addWidget(self._seed, stretch=1)
        seed.addWidget(self._dice)
        grid.addWidget(QLabel(self.tr("Seconds"), self), 0, 0)
        grid.addWidget(self._seconds, 0, 1)
        grid.addWidget(QLabel(self.tr("Frames per second"), self), 1, 0)
        grid.addWidget(self._fps, 1, 1)
        grid.addWidget(self._sum, 2, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(QLabel(self.tr("Seed"), self), 3, 0)
        grid.addLayout(seed, 3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(grid)
        column.addWidget(Fold(self.tr("More"), self._more(), self))

    def _more(self) -> QWidget:
        more = QWidget(self)
        grid = QGridLayout(more)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.S)
        grid.setColumnStretch(1, 1)
        grid.addWidget(QLabel(self.tr("Size"), more), 0, 0)
        grid.addWidget(self._size, 0, 1)
        grid.addWidget(QLabel(self.tr("Variation"), more), 1, 0)
        grid.addWidget(self._variation, 1, 1)
        grid.addWidget(QLabel(self.tr("Detail"), more), 2, 0)
        grid.addWidget(self._detail, 2, 1)
        return more

    @property
    def longest(self) -> int:
        """The longest side of the clips in pixels; 0: as the first image."""
        return int(self._size.currentData())

    def set_longest(self, longest: int) -> None:
        """Choose the longest side; what is not offered is the first image's own."""
        self._size.setCurrentIndex(max(0, self._size.findData(longest)))

    def show_config(self, config: GenerateConfig) -> None:
        """Put values into the fields."""
        self._seconds.setValue(config.seconds)
        self._fps.setValue(config.fps)
        self._seed.setValue(config.seed)
        self._variation.set_value(config.variation)
        self._detail.set_value(config.detail)
        self.config = config
        self._on_changed()

    def _on_changed(self) -> None:
        self.config = replace(
            self.config,
            seconds=self._seconds.value(),
            fps=self._fps.value(),
            seed=self._seed.value(),
            variation=self._variation.value,
            detail=self._detail.value,
        )
        self._sum.setText(self.tr("%n frames", "", self.config.frames))
        self.changed.emit()
