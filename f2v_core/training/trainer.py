"""The training loop: an iterator of events that saves when it is closed or asked to end.

Reading on is training on; closing the iterator stops and keeps: it writes a checkpoint. A step that fails does not:
its half is no state to go on from, and the checkpoint before it is good.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from math import cos, pi
from typing import Any

import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import ExportError, NotFiniteError, RunError
from f2v_core.messages import Notice
from f2v_core.models.networks import Networks, build_networks
from f2v_core.runs import Run, append_history, truncate_history
from f2v_core.train_messages import (
    CheckpointSaved,
    DiskFull,
    SampleSaved,
    StepDone,
    TrainEvent,
    TrainProgress,
)
from f2v_core.training.average import AveragedWeights
from f2v_core.training.checkpoints import load_state, save_checkpoint
from f2v_core.training.checks import Checks
from f2v_core.training.distributed import join
from f2v_core.training.inbox import Inbox
from f2v_core.training.material import Material, load_material
from f2v_core.training.memory_guard import is_out_of_memory, too_little_memory
from f2v_core.training.preflight import checkpoint_bytes, look_ahead
from f2v_core.training.progress import Progress
from f2v_core.training.recovery import astray
from f2v_core.training.samples import write_samples
from f2v_core.training.shares import Share, divide
from f2v_core.training.starting import start_from
from f2v_core.training.step_kinds import make_step
from f2v_core.training.steps import OF_FP16, Step
from f2v_core.training.trial import let_go, portions_that_fit, try_step
from f2v_core.training.waiting import Patience, Written
from f2v_core.training.world import ALONE, World

WAIT = "wait"
"""What the first process tells the others while it waits for room on the disk."""
ROW_BYTES = 4096
"""What a disk gives out at the least: a row of the history is smaller."""


def train(run: Run, inbox: Inbox | None = None) -> Iterator[TrainEvent]:
    """Train what `run.config` asks for, from its newest checkpoint if it has one; the run must be claimed.

    Yields what happens; closing the iterator stops at the end of the step and saves. What is filed in `inbox` is done
    between two steps; an ending ends the iterator, with a checkpoint unless it is "discard".

    Raises:
        DataError: the dataset or the videos cannot be used. InputError: settings that the architecture or the machine
        cannot take. RunError: its checkpoints are damaged, the loss is not finite, a process that reads clips died,
        the disk is full. ModelError: `start_from` is no model of these networks. ExportError: samples cannot be
        written.
    """
    with join(run.config) as (world, device):
        torch.manual_seed(run.config.seed)
        trainer = Trainer(run, build_networks(run.config).to(device), device, inbox or Inbox(), world)
        yield from _train(trainer)


def _train(trainer: "Trainer") -> Iterator[TrainEvent]:
    run, world = trainer.run, trainer.world
    if run.checkpoints():
        yield Notice(trainer.restore())
    elif world.rank == 0:
        truncate_history(run, 0)
    if run.config.start_from and not trainer.step:
        trainer.start_from(run.config.start_from)
    if trainer.step >= run.config.steps:
        yield Notice(f"All {run.config.steps} steps are done: to train on, ask for more.")
        return
    material = yield from load_material(run.config, trainer.device, world.rank, world.size)
    with closing(material):
        if not trainer.step:  # a resumed run has shown what it needs
            sample_bytes = material.validation.shown.nbytes
            yield from look_ahead(run, trainer.networks, trainer.device, world, sample_bytes)
        yield from trainer.events(material)


class Trainer:
    """Networks, optimisers and counters of one run.

    Attributes:
        step: generator steps done so far.
    """

    def __init__(
        self, run: Run, networks: Networks, device: torch.device, inbox: Inbox, world: World = ALONE
    ) -> None:
        self.run = run
        self.config: TrainConfig = run.config
        self.device = device
        self.networks = networks
        self.world = world
        self.stepper: Step = make_step(networks, run.config, world)
        self.step = 0
        self._inbox = inbox
        self._patience = Patience(run, inbox)
        self._average = AveragedWeights(networks.generator, run.config.ema)
        self._checks = Checks(run.config)
        self._saved = 0
        self._position = 0
        self._seconds = 0.0

    def events(self, material: Material) -> Iterator[TrainEvent]:
        """Train to `config.steps` or to the ending that is asked for, yielding all that happens."""
        progress = Progress(self.step, self._seconds)
        material.start(self._position)
        try:
            while self.step < self.config.steps and not self._agree_to_end():
                losses = self.stepper.run(
                    partial(self._shares, material), self._rate(), self.step / self.config.steps
                )
                self.step += 1
                self._average.add(self.step)
                progress.add(losses)
                self._seconds = progress.elapsed()
                yield StepDone(self.step)
                if self.world.rank == 0:  # who writes for all
                    yield from self._due_events(material, progress)
            if self._writes and self.step > self._saved:
                yield from self._patient_save(material, progress)
                if self.step > self._saved:
                    yield Notice(self._what_is_kept())
        except NotFiniteError as error:
            raise astray(error, self.config) from error
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            raise too_little_memory(self.config, self._portions_that_fit(error)) from error
        except (GeneratorExit, ExportError):  # between two steps: one that fails halfway must not be kept
            if self._writes and self.step > self._saved:
                self._save(material)
            raise

    def _portions_that_fit(self, error: BaseException) -> int | None:
        """Find by trial in which portions a step would have fit; with this run's networks, which are not kept now."""
        let_go(error)
        self.stepper.world = ALONE
        if self.networks.discriminator is not None:  # a generator's step that failed has left it frozen
            self.networks.discriminator.requires_grad_(True)
        most = -(-self.config.batch // self.world.size)
        attempt = partial(try_step, self.stepper, self.config, self.world)
        return portions_that_fit(self.config.accumulate, most, attempt)

    @property
    def _writes(self) -> bool:
        """Whether this process keeps what was reached at the end."""
        return self._inbox.keeps and self.world.rank == 0

    def _shares(self, material: Material) -> list[Share]:
        """Take this process's part of the next batch, in the portions that are asked for."""
        number, clips = material.position, self.config.batch
        first = self.world.rank * clips // self.world.size
        video = material.batch()
        return divide(video, self.config.accumulate, self.config.seed, number, first=first, whole=clips)

    def _agree_to_end(self) -> bool:
        """Whether training is over for all processes, as the first one was asked."""
        while (word := self.world.share("over" if self._inbox.over else "")) == WAIT:
            pass
        return bool(word)

    def _let_wait(self) -> None:
        """Let the other processes wait as we do, unless they have done their last step."""
        if self.step < self.config.steps:
            self.world.share(WAIT)

    def _patiently(
        self, write: Callable[[], Written], what: str, need: int, progress: Progress
    ) -> Generator[DiskFull, None, Written | None]:
        """What `write` returns; while the disk is full, training waits with all that it has in memory."""
        before = self._patience.waited_s
        written = yield from self._patience.until_written(write, what, need, self._let_wait)
        progress.leave_out(self._patience.waited_s - before)
        return written

    def _due_events(self, material: Material, progress: Progress) -> Iterator[TrainEvent]:
        asked = self._inbox.take()
        if self._due(self.config.sample_every) or "sample" in asked:
            yield from self._validate(material, progress)
        if self._due(self.config.log_every) and progress.may_read(last=self.step == self.config.steps):
            yield from self._log(progress)
        if self._due(self.config.checkpoint_every) or "save" in asked:
            yield from self._patient_save(material, progress)

    def restore(self) -> str:
        """Go back to the newest checkpoint; returns a sentence that says which.

        Raises:
            RunError: no checkpoint can be read, or the newest one does not fit the run's settings.
        """
        state, damaged = load_state(self.run)
        try:
            self.networks.generator.load_state_dict(state["generator"])
            for name, part in self.stepper.parts().items():
                if name in state["parts"] or name not in OF_FP16:
                    part.load_state_dict(state["parts"][name])
        except (KeyError, RuntimeError, ValueError) as error:
            message = f"The newest checkpoint of {self.run.folder} is of other networks than its settings."
            raise RunError(message, "Start a new run.") from error
        self._average.load(state["average"])
        self.step = self._saved = state["step"]
        self._checks.load(state)
        self._position = state["batches"]
        self._seconds = state.get("seconds", 0.0)
        if self.world.rank == 0:
            truncate_history(self.run, self.step)
        passed = (
            f"; {', '.join(each.name for each in damaged)}, which is damaged, was passed over"
            if damaged
            else ""
        )
        return f"Resumed at step {self.step}{passed}."

    def start_from(self, name: str) -> None:
        """Begin with the weights of a model, of the same networks.

        Raises:
            ModelError: no such model, it is damaged, or its networks are others.
        """
        start_from(name, self.networks.generator, self.config)
        self._average.restart()

    def _due(self, every: int) -> bool:
        return self.step % every == 0 or self.step == self.config.steps

    def _rate(self) -> float:
        """The learning rate's factor for the coming step: linear warm-up, then a cosine down to a hundredth."""
        warm = min(1.0, (self.step + 1) / (self.config.warmup + 1))
        fall = 0.5 * (1 + cos(pi * self.step / self.config.steps)) if self.config.cosine else 1.0
        return warm * (0.01 + 0.99 * fall)

    def _validate(self, material: Material, progress: Progress) -> Iterator[SampleSaved | DiskFull | Notice]:
        self.stepper.settle()
        validation = material.validation
        ratio, made, change = self._checks.look(validation, self.networks, self._average, self.step)
        write = partial(write_samples, self.run, self.step, validation.shown, made)
        yield from self._patiently(
            write, f"The picture of samples of step {self.step}", 2 * made.nbytes, progress
        )
        if self.run.sample_file(self.step).is_file():
            yield SampleSaved(self.step, ratio)
        if change:
            yield Notice(change)

    def _log(self, progress: Progress) -> Iterator[TrainProgress | DiskFull]:
        self.stepper.settle()
        losses = {**progress.means(), **self._checks.losses}
        names = ("step", *self.stepper.loss_names, *self._checks.names, "seconds")
        seconds = progress.elapsed()
        write = partial(append_history, self.run, names, {"step": self.step, **losses, "seconds": seconds})
        yield from self._patiently(write, f"The history's row of step {self.step}", ROW_BYTES, progress)
        rate = progress.rate(self.step)
        eta = (self.config.steps - self.step) / rate
        yield TrainProgress(self.step, self.config.steps, losses, rate, eta, seconds)

    def _patient_save(self, material: Material, progress: Progress) -> Iterator[CheckpointSaved | DiskFull]:
        need, write = checkpoint_bytes(self.networks), partial(self._save, material)
        saved = yield from self._patiently(write, f"A checkpoint of step {self.step}", need, progress)
        if saved is not None:
            yield saved

    def _what_is_kept(self) -> str:
        kept = f"that of step {self._saved} is the last one" if self._saved else "nothing of this run is kept"
        return f"The disk has no room for a checkpoint of step {self.step}: {kept}."

    def _save(self, material: Material) -> CheckpointSaved:
        self.stepper.settle()
        state: dict[str, Any] = {
            "generator": self.networks.generator.state_dict(),
            "parts": {name: part.state_dict() for name, part in self.stepper.parts().items()},
            "average": self._average.values,
            **self._checks.state_dict(),
            "batches": material.position,
            "seconds": self._seconds,
        }
        folder = save_checkpoint(
            self.run, self.step, self._average.values, state, self._checks.metrics, material.credits
        )
        self._saved = self.step
        return CheckpointSaved(self.step, str(folder))
