"""Keeps the bar of earlier results up to date, and brings one back: its pictures, its settings, its clips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from f2v_app import theme
from f2v_app.samples import Picture
from f2v_app.session import Session
from f2v_app.widgets.compare_room import CompareRoom
from f2v_app.widgets.dropped import Source, file_source
from f2v_app.widgets.generate_panel import GeneratePanel
from f2v_app.widgets.generator_rows import KINDS
from f2v_app.widgets.history_bar import HistoryBar
from f2v_app.widgets.made_file import made_of
from f2v_core.errors import InputError
from f2v_core.results.records import Result

if TYPE_CHECKING:
    from f2v_core.results.store import ResultStore


class ResultHistory(QObject):
    """What the session keeps, on the page.

    Attributes:
        bar: the pictures to choose from.
    """

    def __init__(
        self,
        session: Session,
        panel: GeneratePanel,
        room: CompareRoom,
        say: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._panel, self._room, self._say = session, panel, room, say
        self.bar = HistoryBar(parent)
        self.bar.wanted.connect(self.show_result)
        session.result_kept.connect(self._on_result_kept)

    def open(self, paths: Sequence[Path]) -> bool:
        """Show what is kept, and the newest result of the pair in two files; returns whether there is one."""
        store = self._session.results
        if store is None:
            return False
        self.bar.show_results(store)
        wanted = [str(path) for path in paths]
        newest = next(
            (each for each in store.results() if [path for _, path in each.pictures] == wanted), None
        )
        if newest is not None:
            self.show_result(newest)
        return newest is not None

    def show_result(self, result: Result) -> None:
        """Show a kept result with its pictures and settings; not while another is made."""
        store = self._session.results
        if store is not None and not self._session.running:
            self._panel.decide_as(made_of(result.settings))
            self._panel.pair.load_both(picture_sources(result, store), partial(self._show_clips, result))

    def _show_clips(self, result: Result) -> None:
        kinds = {kind.name: kind for kind in KINDS}
        self._session.config = self._panel.clip.config
        self._room.name_kinds({clip.model: kinds[clip.kind] for clip in result.clips})
        self._session.show_result(result)
        self._room.show_result(play=not theme.reduced_motion())
        self.bar.mark(result.name)
        self._say(self.tr("From the history, with its settings"))

    def _on_result_kept(self) -> None:
        store = self._session.results
        if store is not None:
            self.bar.show_results(store, store.results()[0].name)


def picture_sources(result: Result, store: ResultStore) -> list[Source]:
    """Where the first and the last picture come from: their files, else the clips' own ends."""
    return [
        file_source(Path(path))
        if path and Path(path).is_file()
        else Source(name, partial(_end, result, store, end))
        for (name, path), end in zip(result.pictures, (0, -1), strict=True)
    ]


def _end(result: Result, store: ResultStore, end: int) -> Picture:
    for clip in result.clips:
        frames = store.find(clip.key, result.shape)
        if frames is not None:
            return Picture(result.pictures[end][0], frames[end].copy())
    raise InputError("The clips of this result are not kept any more.", "Generate them anew.")
