"""What is trained, for how long, and on which clips."""

from dataclasses import dataclass
from typing import Literal

from f2v_core.config.generate import Device
from f2v_core.knobs import Config, knob

LearnedKind = Literal["cvae", "cgan"]
Architecture = Literal["motion", "recurrent", "poster"]
Scale = Literal["S", "M", "L"]


@dataclass(frozen=True)
class SubjectKnobs(Config):
    """What is trained, for how long, and on which clips."""

    data: str = knob(
        "", "A dataset made by prepare, or a folder of videos, of which one is then made.", group="Data"
    )
    model: LearnedKind = knob(
        "cvae", "What is trained: the CVAE of objective (1) or the CGAN of objective (2).", group="Model"
    )
    architecture: Architecture = knob(
        "motion",
        "motion corrects the cross-fade; recurrent does so from a state that evolves in time; poster is the network of "
        "the 2019 poster.",
        group="Model",
    )
    start_from: str = knob(
        "", "A model folder or library name whose weights are the start; empty: from scratch.", group="Model"
    )
    steps: int = knob(
        4000, "How many optimiser steps of the generator.", low=1, high=100_000_000, group="Length"
    )
    batch: int = knob(16, "How many clips a step sees.", unit="clips", low=1, high=4096, group="Length")
    accumulate: int = knob(
        1,
        "Portions in which a batch is worked through, one after the other: the same step in less memory.",
        low=1,
        high=4096,
        group="Length",
    )
    seed: int = knob(
        0, "Starts the random numbers: same seed, same losses.", low=0, high=2**31 - 1, group="Length"
    )
    device: Device = knob("auto", "Where training runs.", group="Length")
    size: int = knob(
        64, "Width and height of the training frames.", unit="px", low=16, high=512, group="Data"
    )
    frames: int = knob(30, "Frames in a training clip.", low=2, high=300, group="Data")
    seconds: float = knob(
        3.0, "Time between the first and the last frame.", unit="s", low=0.1, high=60.0, group="Data"
    )
    frames_per_step: int = knob(
        10,
        "Random frames of each clip that a step renders; 0: all. The poster's networks make all.",
        low=0,
        high=300,
        group="Data",
    )
    augment: bool = knob(
        True, "Mirror, reverse, crop and recolour the clips, and vary the time that they span.", group="Data"
    )
    source_clips: int = knob(
        20,
        "Most clips of one video in an epoch, others in the next, so that one film does not own the training; "
        "0: no limit.",
        unit="clips",
        low=0,
        high=1_000_000,
        group="Data",
    )
    memory_gb: float = knob(
        4.0,
        "Memory for decoded clips; a dataset that needs more is read from the disk while training.",
        unit="GB",
        low=0.0,
        high=4096.0,
        group="Data",
    )
    loader_workers: int = knob(
        -1,
        "Processes that read ahead from the disk; 0: none; -1: none, but for a GPU one for two cores, at most 8.",
        low=-1,
        high=256,
        group="Data",
    )
    z_video: int = knob(600, "Latent values of the video.", low=1, high=100_000, group="Model")
    z_first: int = knob(1000, "Latent values of the first image.", low=1, high=100_000, group="Model")
    z_last: int = knob(1000, "Latent values of the last image.", low=1, high=100_000, group="Model")
    width: int = knob(
        16, "Channels of the first level of a motion or recurrent network.", low=4, high=512, group="Model"
    )
