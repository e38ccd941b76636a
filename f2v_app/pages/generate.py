"""The Generate page: two pictures in, the clips of all generators side by side."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.actions import add_actions
from f2v_app.playhead import Playhead
from f2v_app.samples import Sample
from f2v_app.session import SLOTS, Session
from f2v_app.settings import Settings
from f2v_app.widgets.compare_room import CompareRoom
from f2v_app.widgets.dropped import file_source, may_hold_pictures
from f2v_app.widgets.generate_panel import GeneratePanel
from f2v_app.widgets.job_bar import JobBar
from f2v_app.widgets.made_file import made_with
from f2v_app.widgets.result_history import ResultHistory
from f2v_app.worker_link import WorkerLink
from f2v_core.errors import InputError
from f2v_core.library import defaults_first
from f2v_core.messages import Event, Generate, JobCancelled, JobDone, JobFailed


class GeneratePage(QWidget):
    """Decides, generates, plays, exports.

    Attributes:
        panel: what is decided on the left.
        room: the clips and their player.
        history: earlier results.
        bar: how the work goes.

    Signals:
        generated: a job came to its end, well or not.
    """

    generated = Signal()

    def __init__(
        self,
        session: Session,
        link: WorkerLink,
        playhead: Playhead,
        settings: Settings,
        samples: Sequence[Sample],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._link, self._playhead, self._settings = session, link, playhead, settings
        self._samples = samples
        self._job: int | None = None
        self.panel = GeneratePanel(session, settings, samples, self)
        self.room = CompareRoom(session, playhead, samples=bool(samples), parent=self)
        self.bar = JobBar(self)
        self.history = ResultHistory(session, self.panel, self.room, self.bar.say, self)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.refresh_models()
        self._refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.panel)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.room, stretch=1)
        right.addWidget(self.history.bar)
        row.addLayout(right, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, stretch=1)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        self._link.reported.connect(self._on_reported)
        self._session.picture_changed.connect(self._on_picture_changed)
        self._session.clips_reset.connect(self._on_clips_reset)
        self.panel.changed.connect(self._refresh)
        self.panel.generate.clicked.connect(self.generate)
        self.panel.cancel.clicked.connect(self.cancel)
        self.panel.sample_wanted.connect(self.load_sample)
        self.room.empty.sample_wanted.connect(lambda: self.load_sample(self._samples[0]))
        self.room.transport.export_wanted.connect(self.export)
        add_actions(
            self,
            {
                **self.room.handlers(),
                "paste": self.panel.pair.paste,
                "swap": self._session.swap,
                "generate": self.generate,
                "cancel": self.cancel,
                "export": self.export,
            },
        )

    def refresh_models(self) -> None:
        """Offer the models that the library holds now; say which of them are damaged."""
        cards, problems = defaults_first()
        self.panel.generators.set_cards(cards)
        if problems:
            self.bar.say(f"⚠ {problems[0]}", "error")

    def use_model(self, name: str) -> None:
        """Offer a model that was just added to the library, and choose it."""
        self.refresh_models()
        self.panel.generators.use(name)

    def choose_model(self, name: str) -> None:
        """Choose a model for its kind, whether that is to work or not."""
        self.panel.generators.choose(name)

    def load_files(self, paths: Sequence[Path]) -> None:
        """Read files into the wells: the first, then the last."""
        self.panel.pair.load([file_source(path) for path in paths], "first")

    def load_sample(self, sample: Sample) -> None:
        """Show a sample pair, and generate at once."""
        if self._session.running:
            return
        sources = [file_source(path) for path in (sample.first, sample.last)]
        self.panel.pair.load_both(sources, self.generate)

    def generate(self) -> None:
        """Make the clips as decided."""
        if self._why_not() or self._job is not None:
            return
        pair = self._session.pair()
        if pair is None:
            return
        self._session.config = config = self.panel.clip.config
        kinds = self.panel.generators.models()
        self.room.name_kinds(kinds)
        names = {model: kind.name for model, kind in kinds.items()}
        try:
            missing = self._session.begin(names, pair.size, self.panel.generators.keys(pair, config))
        except InputError as error:
            self.bar.say(f"⚠ {error}", "error")
            return
        self.panel.pair.forget_trouble()
        self.remember()  # a crash takes nothing of it
        if not missing:
            self.bar.say(self.tr("Made before: shown from the cache"))
            self._finish(JobDone())
            return
        self._job = self._link.start_job(lambda job: Generate(job, pair, tuple(missing), config))
        self.bar.begin({model: self.room.title(model) for model in missing}, config.frames)
        self.panel.show_running(running=True)

    def cancel(self) -> None:
        """Stop what is being made."""
        if self._job is not None:
            self.panel.cancel.setEnabled(False)
            self.bar.say(self.tr("Stopping"))
            self._link.cancel()

    def export(self) -> None:
        """Ask how to write the clips, and write them."""
        clips = self._session.finished_clips()
        if self._session.running or not clips:
            return
        from f2v_app.widgets.export_dialog import ExportDialog  # noqa: PLC0415 - loads PyAV's formats when asked for

        self._playhead.pause()
        titled = {self.room.title(model): clip for model, clip in clips.items()}
        name, made = self._session.clips_name, self._session.made_with()
        dialog = ExportDialog(titled, name, self, settings=self._settings, made_with=made)
        dialog.exec()
        dialog.deleteLater()

    def _why_not(self) -> str:
        """Why nothing can be generated now; empty when it can."""
        missing = [slot for slot in SLOTS if self._session.picture(slot) is None]
        if missing:
            return self.tr("Two pictures are needed.")
        if not self.panel.generators.models():
            return self.tr("Choose a generator.")
        return ""

    def _refresh(self) -> None:
        self._session.longest = self.panel.clip.longest
        self.panel.set_ready(self._why_not())
        clips, running = self._session.finished_clips(), self._session.running
        if running:
            self.room.transport.set_exportable(self.tr("Wait until the clips are done."))
        else:
            self.room.transport.set_exportable("" if clips else self.tr("Generate a clip first."))

    def _on_picture_changed(self, _slot: str) -> None:
        pictures = [self._session.picture(slot) for slot in SLOTS]
        self.room.empty.show_pictures(sum(picture is not None for picture in pictures))
        self._show_origin()
        self._refresh()

    def _show_origin(self) -> None:
        """Whose pictures these are; or that the clips are of other ones."""
        sample = self._session.sample()
        text = f"{sample.title}: {sample.credit}, {sample.licence}" if sample else ""
        if self._session.stale:
            text = self.tr("These clips are of the pictures from before. Generate makes new ones.")
        self.room.bar.credit.setText(text)

    def _on_clips_reset(self) -> None:
        self._show_origin()
        self._refresh()

    def _on_reported(self, job: int, event: Event) -> None:
        if job != self._job:
            return
        self._session.take(event)
        self.bar.take(event)
        if isinstance(event, JobDone | JobCancelled | JobFailed):
            self._finish(event)

    def _finish(self, event: JobDone | JobCancelled | JobFailed) -> None:
        self._job = None
        self.panel.show_running(running=False)
        self._refresh()
        whole = isinstance(event, JobDone) and bool(self._session.finished_clips())
        self.room.show_result(play=whole and not theme.reduced_motion())
        self.generated.emit()

    def remember(self) -> None:
        """Write what is decided into the settings."""
        paths = [picture.path for slot in SLOTS if (picture := self._session.picture(slot))]
        known = len(paths) == 2 and all(paths)
        self._settings.write("pair/paths", [str(path) for path in paths] if known else [])
        self._settings.write("player/loop", self._playhead.loop)
        self._settings.write("player/ping_pong", self._playhead.ping_pong)
        self.panel.remember()

    def restore(self) -> list[Path]:
        """Decide as remembered; return the files of the remembered pair, or none."""
        self.panel.restore()
        self._playhead.set_loop(self._settings.read("player/loop", True))
        self._playhead.set_ping_pong(self._settings.read("player/ping_pong", False))
        return [Path(path) for path in self._settings.read("pair/paths", [])]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.room.press(event):
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.room.release(event):
            super().keyReleaseEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold_pictures(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        made = made_with(event.mimeData())
        if made is None:
            self.panel.pair.take(event.mimeData())
        elif missing := self.panel.load_made(made):
            self.bar.say(f"⚠ {missing}", "error")
