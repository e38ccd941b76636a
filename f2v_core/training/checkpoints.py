"""What a run writes so that it can go on: the model folder that users get, and the state behind it.

A checkpoint appears whole or not at all, and with the hashes of its files. The state is read with `weights_only=True`:
it cannot run code.
"""

import datetime as dt
import json
import logging
import shutil
from collections.abc import Mapping
from errno import EIO
from hashlib import file_digest
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import torch
from torch import Tensor

from f2v_core.errors import MediaError, RunError
from f2v_core.library import HISTORY, PREVIEW, WEIGHTS, Figure, ModelCard, write_card
from f2v_core.media.images import write_png
from f2v_core.models.networks import save_weights
from f2v_core.runs import Run
from f2v_core.runs.folder import CHECKPOINT
from f2v_core.storage import atomic_folder, delete_folder, write_json
from f2v_core.training.samples import sample_sheet

log = logging.getLogger(__name__)

STATE = "state.pt"
HASHED = (STATE, f"model/{WEIGHTS}")
LICENCE = "Apache-2.0"
DESCRIPTIONS = {
    ("cvae", "motion"): "Corrects the cross-fade where it can; objective (1).",
    ("cgan", "motion"): "Corrects the cross-fade, sharper by an adversary; objective (2).",
    ("cvae", "recurrent"): "Corrects the cross-fade by an evolving state; objective (1).",
    (
        "cgan",
        "recurrent",
    ): "Corrects the cross-fade by an evolving state, sharper by an adversary; objective (2).",
    ("cvae", "poster"): "The poster's CVAE; objective (1).",
    ("cgan", "poster"): "The poster's CGAN; objective (2).",
}


def save_checkpoint(
    run: Run,
    step: int,
    weights: Mapping[str, Tensor],
    state: Mapping[str, Any],
    metrics: Mapping[str, float],
    data: tuple[str, ...],
) -> Path:
    """Write the checkpoint of a step and drop the oldest beyond `keep_checkpoints`; returns its folder.

    Raises:
        RunError: the disk refuses, or a weight is not finite; earlier checkpoints are untouched.
    """
    _check_weights(step, weights)
    folder = run.checkpoint_folder(step)
    try:
        folder.parent.mkdir(exist_ok=True)
        with atomic_folder(folder) as partial:
            model = partial / "model"
            model.mkdir()
            save_weights(model / WEIGHTS, weights)
            write_card(model, _card(run, step, metrics, data))
            copy_story(run, model)
            _write_state(partial / STATE, {"step": step, **state, "random": torch.get_rng_state()})
            hashes = {name: _hash(partial / name) for name in HASHED}
            write_json(partial / CHECKPOINT, {"step": step, "ratio": state["ratio"], "sha256": hashes})
        _drop_others(run, folder)
    except OSError as error:
        raise RunError(
            f"The checkpoint {folder} cannot be written: {error.strerror}.",
            "Make room on the disk, then resume: the checkpoint before it is good.",
        ) from error
    return folder


def _check_weights(step: int, weights: Mapping[str, Tensor]) -> None:
    """Let no checkpoint be written that nobody could use or go on from."""
    for name, value in weights.items():
        if value.is_floating_point() and not torch.isfinite(value).all():
            raise RunError(
                f"At step {step} the weight {name} is not finite: no checkpoint was written.",
                "Resume with a lower learning rate: the last checkpoint is good.",
            )


def copy_story(run: Run, model: Path) -> None:
    """What a reader wants to see of the training: its losses and its newest samples, as far as there are any."""
    if run.history_file.is_file():
        shutil.copyfile(run.history_file, model / HISTORY)
    if steps := run.samples():
        try:
            sheet = sample_sheet(run, steps[-1])
        except MediaError as error:  # no reason to lose what was trained
            log.warning("%s has no preview: %s", model, error)
        else:
            write_png(model / PREVIEW, sheet)


def _write_state(path: Path, state: Mapping[str, Any]) -> None:
    try:
        with path.open("wb") as file:
            torch.save(state, file)
    except RuntimeError as error:  # what torch makes of a full disk
        reason = error.__context__
        raise reason if isinstance(reason, OSError) else OSError(EIO, str(error)) from error


def _drop_others(run: Run, newest: Path) -> None:
    """Keep the newest and the best; drop the damaged later ones that a resumed run passed over too."""
    found = run.checkpoints()
    place = found.index(newest) + 1
    best = run.best_checkpoint()
    for each in (*found[place:], *found[: max(0, place - run.config.keep_checkpoints)]):
        if each != best or each in found[place:]:
            delete_folder(each)


def load_state(run: Run) -> tuple[dict[str, Any], list[Path]]:
    """The state of the newest whole checkpoint, its random state restored, and the damaged ones passed over.

    Raises:
        RunError: no checkpoint can be read.
    """
    damaged: list[Path] = []
    for folder in reversed(run.checkpoints()):
        if _is_whole(folder):
            state: dict[str, Any] = torch.load(folder / STATE, map_location="cpu", weights_only=True)
            torch.set_rng_state(state.pop("random"))
            return state, damaged
        damaged.append(folder)
    raise RunError(f"No checkpoint of {run.folder} can be read.", "Start a new run.")


def _is_whole(folder: Path) -> bool:
    """Whether the files are what was written; a checkpoint of an earlier version has no hashes, but torch's sums."""
    try:
        hashes = json.loads((folder / CHECKPOINT).read_text(encoding="utf-8"))["sha256"]
        return all(_hash(folder / name) == hashes[name] for name in HASHED)
    except FileNotFoundError:
        return not (folder / CHECKPOINT).exists() and _sums_hold(folder / STATE)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _sums_hold(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return archive.testzip() is None
    except (BadZipFile, OSError):
        return False


def _card(run: Run, step: int, metrics: Mapping[str, float], data: tuple[str, ...]) -> ModelCard:
    config = run.config
    return ModelCard(
        name=run.folder.name,
        config=config,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        variation=0.0 if config.model == "cvae" else 1.0,
        description=DESCRIPTIONS[config.model, config.architecture],
        data=data,
        licence=LICENCE,
        metrics={name: Figure(value) for name, value in metrics.items()},
        steps=step,
    )
