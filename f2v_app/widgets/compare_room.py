"""The right side of the Generate page: the panes, how they are compared, and the player below them."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.actions import key_of
from f2v_app.comparison import MODES, Comparison
from f2v_app.playhead import Playhead
from f2v_app.session import Session
from f2v_app.widgets.compare_bar import CompareBar
from f2v_app.widgets.compare_view import CompareView
from f2v_app.widgets.empty_view import EmptyView
from f2v_app.widgets.figure_strip import Curve
from f2v_app.widgets.generator_rows import Kind, clip_title
from f2v_app.widgets.transport import Transport, player_handlers

PEEK_MS = 250
"""A pane's key that is held longer shows the pane only until it is let go."""


class CompareRoom(QFrame):
    """Shows a session's clips.

    Attributes:
        view: the panes.
        bar: how they are compared.
        transport: the player's controls.
        empty: what is shown while there are no clips.
    """

    def __init__(
        self, session: Session, playhead: Playhead, *, samples: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.set_role(self, "room")
        self._session, self._playhead = session, playhead
        self._kinds: Mapping[str, Kind] = {}
        self._following = False  # the panes show their newest frames, until somebody scrubs
        self._comparison = Comparison(self)
        self._held = QElapsedTimer()
        self.view = CompareView(self._comparison, self)
        self.bar = CompareBar(self.view, self)
        self.transport = Transport(playhead, self)
        self.empty = EmptyView(samples=samples, parent=self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        session.clips_reset.connect(self._on_clips_reset)
        session.clip_changed.connect(self._on_clip_changed)
        playhead.index_changed.connect(self._on_index_changed)
        self._comparison.arranged.connect(self._show_film)
        self._on_clips_reset()

    def _lay_out(self) -> None:
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        theme.set_role(self.transport, "bar")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, stretch=1)
        column.addWidget(self.transport)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What keys do here, by the names of the table of actions; flip and the panes' keys are held instead."""
        modes: dict[str, Callable[[], object]] = {
            mode: partial(self._comparison.set_mode, mode) for mode in MODES if mode != "flip"
        }
        return {
            **player_handlers(self._playhead),
            **modes,
            "sides": self._comparison.swap,
            "fit": self.view.fit,
            "actual": self.view.show_actual,
        }

    def name_kinds(self, kinds: Mapping[str, Kind]) -> None:
        """Say which kind stands behind each model of the clips that come next."""
        self._kinds = kinds

    def title(self, model: str) -> str:
        """What a clip is called."""
        return clip_title(self._kinds[model], model)

    def show_result(self, *, play: bool) -> None:
        """The clips are made: go to the beginning and play, unless somebody has scrubbed meanwhile."""
        if self._following:
            self._on_index_changed(0)
            if play:
                self._playhead.play()

    def _on_clips_reset(self) -> None:
        clips = list(self._session.clips.values())
        if clips:
            self.view.set_clips(
                [(clip, self.title(clip.model), self._kinds[clip.model].name) for clip in clips]
            )
            self._playhead.set_clip(clips[0].count, clips[0].fps)
            self._following = True
            self.view.show_index(None)
        self._stack.setCurrentWidget(self.view if clips else self.empty)
        self.bar.set_clips({clip.model: self.title(clip.model) for clip in clips})
        self._show_figures()
        self._show_film()

    def _on_clip_changed(self, model: str) -> None:
        self.view.refresh(model)
        self._show_figures()
        self._show_film()

    def _show_figures(self) -> None:
        clips = list(self._session.clips.values())
        measured = any(clip.distance is not None for clip in clips)
        title = self.tr("L2 to the real video") if measured else self.tr("Change from frame to frame")
        curves = [
            Curve(
                self.title(clip.model),
                theme.hue(self._kinds[clip.model].name),
                clip.distances if measured else clip.changes,
            )
            for clip in clips
        ]
        self.transport.figures.show_curves(title, curves)

    def _show_film(self) -> None:
        """Show the picked clip's frames, else those of the last one that has any."""
        clips = self._session.clips
        picked = self._comparison.picked
        begun = [model for model, clip in clips.items() if clip.made]
        model = picked or (begun[-1] if begun else None)
        if model is None:
            self.transport.film.show_clip(None, "")
        else:
            self.transport.film.show_clip(clips[model], self.title(model))

    def _on_index_changed(self, index: int) -> None:
        self._following = False
        self.view.show_index(index)

    def press(self, event: QKeyEvent) -> bool:
        """Take a key that is held; returns whether it is one."""
        name = key_of(event)
        pane = self._pane_of(name)
        if name != "flip" and pane is None:
            return False
        if not event.isAutoRepeat():
            self._held.start()
            if pane is not None:
                self._comparison.peek(pane)
            else:
                if self._comparison.mode != "flip":
                    self._comparison.set_mode("flip")
                self._comparison.set_flipped(flipped=True)
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Let go of a key that was held; returns whether it is one."""
        name = key_of(event)
        pane = self._pane_of(name)
        if name != "flip" and pane is None:
            return False
        if not event.isAutoRepeat():
            self._comparison.set_flipped(flipped=False)
            self._comparison.peek(None)
            if pane is not None and self._held.elapsed() < PEEK_MS:
                self._comparison.pick(pane)
        return True

    def _pane_of(self, name: str) -> str | None:
        """The model behind a pane's key, if there is one."""
        models = list(self._session.clips)
        number = int(name.removeprefix("pane_")) if name.startswith("pane_") else 0
        return models[number - 1] if 0 < number <= len(models) else None
