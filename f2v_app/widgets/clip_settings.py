"""How long, how fast, from which random numbers and how large the clips are to be."""

import random
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from f2v_app import theme
from f2v_app.widgets.fold import Fold
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.config import GenerateConfig
from f2v_core.knobs import Knob

SIZES = (0, 2560, 1920, 1280, 640)
"""Longest sides to choose from; 0 is the first image's own size."""
VARIATION_STEPS = 20
"""Places of the slider between 0 and 1; one further to the left is each model's own."""


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
        self._variation, self._variation_text = self._variation_slider(knobs["variation"])
        self._lay_out()
        for box in (self._seconds, self._fps, self._seed):
            box.valueChanged.connect(self._on_changed)
        self._variation.valueChanged.connect(self._on_changed)
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

    def _variation_slider(self, knob: Knob) -> tuple[QSlider, QLabel]:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(-1, VARIATION_STEPS)
        slider.setAccessibleName(self.tr("Variation"))
        slider.setToolTip(self.tr(knob.help))
        label = QLabel(self)
        label.setFont(theme.tabular(label.font()))
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(self.tr("Model's own")))
        theme.set_role(label, "muted")
        return slider, label

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
        grid.addWidget(self._size, 0, 1, 1, 2)
        grid.addWidget(QLabel(self.tr("Variation"), more), 1, 0)
        grid.addWidget(self._variation, 1, 1)
        grid.addWidget(self._variation_text, 1, 2)
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
        self._variation.setValue(-1 if config.variation < 0 else round(config.variation * VARIATION_STEPS))
        self.config = config
        self._on_changed()

    def _on_changed(self) -> None:
        place = self._variation.value()
        variation = -1.0 if place < 0 else place / VARIATION_STEPS
        self.config = replace(
            self.config,
            seconds=self._seconds.value(),
            fps=self._fps.value(),
            seed=self._seed.value(),
            variation=variation,
        )
        self._sum.setText(self.tr("%n frames", "", self.config.frames))
        self._variation_text.setText(self.tr("Model's own") if place < 0 else f"{variation:.2f}")
        self.changed.emit()
