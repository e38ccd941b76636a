"""The training loop: an iterator of events that saves when it is closed or asked to end.

Reading on is training on; closing the iterator stops and keeps: it writes a checkpoint. A step that fails does not:
its half is no state to go on from, and the checkpoint before it is good.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from math import cos, pi
from typing import Any

import torch

from f2v_core.config import TrainConfig
from f2v_core.errors import ExportError, ModelError, NotFiniteError, RunError
from f2v_core.library import find_model
from f2v_core.messages import CheckpointSaved, Notice, SampleSaved, StepDone, TrainEvent, TrainProgress
from f2v_core.models.networks import Networks, build_generator, build_networks, read_weights
from f2v_core.runs import Run, append_history, truncate_history
from f2v_core.training.average import AveragedWeights
from f2v_core.training.checkpoints import load_state, save_checkpoint
from f2v_core.training.collapse import CollapseWatch, PosteriorFigures
from f2v_core.training.distributed import join
from f2v_core.training.inbox import Inbox
from f2v_core.training.material import Material, load_material
from f2v_core.training.memory_guard import is_out_of_memory, smaller_portions
from f2v_core.training.progress import Progress
from f2v_core.training.samples import write_samples
from f2v_core.training.shares import Share, divide
from f2v_core.training.step_kinds import make_step
from f2v_core.training.steps import Step
from f2v_core.training.world import ALONE, World


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
        self._average = AveragedWeights(networks.generator, run.config.ema)
        self._ratio: float | None = None
        self._posterior: PosteriorFigures | None = None
        self._watch = CollapseWatch()
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
                yield self._save(material)
        except NotFiniteError as error:
            raise RunError(error.message, error.remedy, self._lower_rate(error.network)) from error
        except (MemoryError, RuntimeError) as error:
            if is_out_of_memory(error):
                raise smaller_portions(self.config) from error
            raise
        except (GeneratorExit, ExportError):  # between two steps: one that fails halfway must not be kept
            if self._writes and self.step > self._saved:
                self._save(material)
            raise

    def _lower_rate(self, network: str) -> dict[str, str | float]:
        """Half the learning rate of the network that went astray, by its knob."""
        knob = "discriminator_rate" if network == "discriminator" else "learning_rate"
        return {knob: max(1e-7, getattr(self.config, knob) / 2)}

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
        return bool(self.world.share("over" if self._inbox.over else ""))

    def _due_events(self, material: Material, progress: Progress) -> Iterator[TrainEvent]:
        asked = self._inbox.take()
        if self._due(self.config.sample_every) or "sample" in asked:
            yield from self._validate(material)
        if self._due(self.config.log_every):
            yield self._log(progress)
        if self._due(self.config.checkpoint_every) or "save" in asked:
            yield self._save(material)

    def restore(self) -> str:
        """Go back to the newest checkpoint; returns a sentence that says which.

        Raises:
            RunError: no checkpoint can be read, or the newest one does not fit the run's settings.
        """
        state, damaged = load_state(self.run)
        try:
            self.networks.generator.load_state_dict(state["generator"])
            for name, part in self.stepper.parts().items():
                part.load_state_dict(state["parts"][name])
        except (KeyError, RuntimeError, ValueError) as error:
            message = f"The newest checkpoint of {self.run.folder} is of other networks than its settings."
            raise RunError(message, "Start a new run.") from error
        self._average.load(state["average"])
        self.step = self._saved = state["step"]
        self._ratio = state["ratio"]
        if state.get("posterior"):  # checkpoints of earlier versions have none
            self._posterior = PosteriorFigures(*state["posterior"])
        self._watch.collapsed = state.get("collapsed", False)
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
        """Take the weights of a model of the same networks; a CGAN's detail, which a CVAE has not, begins anew.

        Raises:
            ModelError: no such model, it is damaged, or its networks are others.
        """
        card = find_model(name)
        motion = ("width", "prior") if card.config.corrects_fade else ()
        shaping = ("architecture", "z_video", "z_first", "z_last", *motion)
        for knob in shaping:
            theirs, ours = getattr(card.config, knob), getattr(self.config, knob)
            if theirs != ours:
                raise ModelError(
                    f"{card.name} cannot be the start: its {knob} is {theirs}, here it is {ours}.",
                    f"Set {knob} to {theirs}, or choose another model.",
                )
        ours = self.networks.generator.state_dict()
        theirs = read_weights(card, build_generator(card.config))
        shared = {name: value for name, value in theirs.items() if name in ours}
        self.networks.generator.load_state_dict({**ours, **shared})
        self._average.restart()

    def _due(self, every: int) -> bool:
        return self.step % every == 0 or self.step == self.config.steps

    def _rate(self) -> float:
        """The learning rate's factor for the coming step: linear warm-up, then a cosine down to a hundredth."""
        warm = min(1.0, (self.step + 1) / (self.config.warmup + 1))
        fall = 0.5 * (1 + cos(pi * self.step / self.config.steps)) if self.config.cosine else 1.0
        return warm * (0.01 + 0.99 * fall)

    def _validate(self, material: Material) -> Iterator[SampleSaved | Notice]:
        variation = 0.0 if self.config.model == "cvae" else 1.0
        encoder, change = self.networks.video_encoder, ""
        with self._average.in_place() as generator:
            self._ratio, shown = material.validation.check(generator, variation)
            if self._trains_posterior and encoder is not None:
                self._posterior = material.validation.check_posterior(generator, encoder)
                ramped = self.step >= self.config.kl_ramp * self.config.steps
                change = self._watch.look(self._posterior, self._ratio, ramped=ramped)
        write_samples(self.run, self.step, material.validation.shown, shown)
        yield SampleSaved(self.step, self._ratio)
        if change:
            yield Notice(change)

    @property
    def _trains_posterior(self) -> bool:
        at_mean = round(self.config.batch * self.config.prior_mean_share)
        return self.config.model == "cvae" and at_mean < self.config.batch

    def _log(self, progress: Progress) -> TrainProgress:
        losses = progress.means()
        if self._ratio is not None:
            losses["ratio to linear"] = self._ratio
        if self._posterior is not None:
            losses |= {"posterior ratio": self._posterior.ratio, "kl of validation": self._posterior.kl}
        posterior = ("posterior ratio", "kl of validation") if self._trains_posterior else ()
        names = ("step", *self.stepper.loss_names, "ratio to linear", *posterior, "seconds")
        seconds = progress.elapsed()
        append_history(self.run, names, {"step": self.step, **losses, "seconds": seconds})
        rate = progress.rate(self.step)
        eta = (self.config.steps - self.step) / rate
        return TrainProgress(self.step, self.config.steps, losses, rate, eta, seconds)

    def _save(self, material: Material) -> CheckpointSaved:
        state: dict[str, Any] = {
            "generator": self.networks.generator.state_dict(),
            "parts": {name: part.state_dict() for name, part in self.stepper.parts().items()},
            "average": self._average.values,
            "ratio": self._ratio,
            "posterior": None if self._posterior is None else [self._posterior.ratio, self._posterior.kl],
            "collapsed": self._watch.collapsed,
            "batches": material.position,
            "seconds": self._seconds,
        }
        folder = save_checkpoint(
            self.run, self.step, self._average.values, state, self._metrics(), material.credits
        )
        self._saved = self.step
        return CheckpointSaved(self.step, str(folder))

    def _metrics(self) -> dict[str, float]:
        """Figures for the model's card, each with its split in its name."""
        figures: dict[str, float] = {}
        if self._ratio is not None:
            figures["validation mean L2 over linear"] = round(self._ratio, 4)
        if self._posterior is not None:
            figures["validation mean L2 over linear, posterior's mean"] = round(self._posterior.ratio, 4)
            figures["validation KL, nats a clip"] = round(self._posterior.kl, 3)
        return figures
