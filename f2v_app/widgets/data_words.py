"""What was found and what was made, in sentences."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from f2v_app.widgets.dataset_files import Opened, clip_count, disk_bytes
from f2v_app.widgets.run_state import count, duration
from f2v_core.config import PrepareConfig
from f2v_core.data.dataset import Dataset
from f2v_core.messages import FolderScanned


def size_words(nbytes: int) -> str:
    """A number of bytes as people say it: 850 kB, 12.3 MB, 4.56 GB."""
    value, unit = float(nbytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{value:.3g} {unit}"


def shape_words(config: PrepareConfig) -> str:
    """What a clip looks like: "3 s at 10 frames a second, 64 px"."""
    return _tr("{0} s at {1} frames a second, {2} px").format(
        f"{config.seconds:.4g}", f"{config.fps:.4g}", config.size
    )


def found_facts(found: FolderScanned) -> str:
    """How much a folder holds."""
    videos = sum(sum(categories.values()) for categories in found.counts.values())
    if not videos:
        return _tr("No video that can be used.")
    said = _tr("1 video, {0}.") if videos == 1 else _tr("{1} videos, {0}.")
    return said.format(size_words(found.size_bytes), count(videos))


def found_words(found: FolderScanned) -> list[str]:
    """How a folder was understood, and what of it is no use."""
    said = [_tr("Layout: {0}. {1}").format(found.layout, found.rule)]
    looked = len(found.seconds) + len(found.unreadable)
    if found.rejected == 1:
        said.append(_tr("1 file is no use, by its name or its size alone."))
    elif found.rejected:
        said.append(_tr("{0} files are no use, by their names or sizes alone.").format(count(found.rejected)))
    if found.unreadable:
        said.append(
            _tr("Of {0} videos that were opened as a sample, {1} cannot be read: see below.").format(
                count(looked), count(len(found.unreadable))
            )
        )
    return said


def dataset_facts(dataset: Dataset) -> str:
    """How much a dataset holds."""
    seconds = sum(dataset.info["seconds"].values())
    clips = clip_count(dataset)
    said = _tr("1 clip") if clips == 1 else _tr("{0} clips").format(count(clips))
    size = size_words(disk_bytes(dataset.info))
    return _tr("{0}, {1} long, {2} on the disk.").format(said, duration(seconds), size)


def unfinished_facts(opened: Opened) -> str:
    """How far a dataset is."""
    if not opened.shards:
        return _tr("Not complete yet. Continue goes on with it.")
    shards = _tr("1 shard") if opened.shards == 1 else _tr("{0} shards").format(count(opened.shards))
    return _tr("Not complete yet: {0}, {1}, are kept. Continue goes on from there.").format(
        shards, size_words(opened.nbytes)
    )


def dataset_words(dataset: Dataset) -> list[str]:
    """How a dataset was made, what is special about its clips, what was left out."""
    info = dataset.info
    said = [_origin(dataset)]
    if not dataset.procedural:
        said.append(_tr("Layout: {0}. {1}").format(info["layout"], info["split_rule"]))
    if flags := _listed(info["flags"]):
        said.append(_tr("Flagged clips: {0}.").format(flags))
    if dropped := _listed(info["dropped"]):
        said.append(_tr("Windows left out: {0}.").format(dropped))
    if info["duplicates"]:
        said.append(
            _tr("Left out as near-duplicates of another split's clips: {0}.").format(
                count(info["duplicates"])
            )
        )
    return said


def _origin(dataset: Dataset) -> str:
    shape = shape_words(dataset.config)
    if dataset.procedural:
        return _tr(
            "{0}. Procedural scenes: for pre-training and trying things, never a test of real videos."
        ).format(shape)
    videos = Path(dataset.config.videos)
    return _tr("{0}, from {1} videos in {2}.").format(shape, count(dataset.info["videos"]), videos)


def _listed(numbers: Mapping[str, int]) -> str:
    """Numbers with their names, the largest first, zeros left out."""
    most = sorted(numbers.items(), key=lambda each: -each[1])
    return ", ".join(f"{count(number)} {_tr(name)}" for name, number in most if number)


def flag_words(flags: Sequence[str]) -> str:
    """The flags of a clip, with commas between."""
    return ", ".join(_tr(flag) for flag in flags)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DataWords", text)
