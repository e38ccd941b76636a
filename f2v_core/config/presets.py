"""The settings that suit each model, architecture and size."""

from f2v_core.config.subject import Architecture, LearnedKind, Scale
from f2v_core.config.train import TrainConfig
from f2v_core.errors import InputError
from f2v_core.knobs import Value

_POSTER: dict[str, Value] = {
    "architecture": "poster", "frames_per_step": 0, "augment": False, "beta1": 0.5, "beta2": 0.999,
    "clip_norm": 0.0, "warmup": 0, "cosine": False, "ema": 0.0, "weight_decay": 0.0, "prior_mean_share": 0.0,
    "kl_ramp": 0.0, "prior": "standard", "distance": "squared", "lambda1": 1.0, "steps": 3000,
}  # fmt: skip
_CGAN: dict[str, Value] = {
    "model": "cgan", "learning_rate": 5e-4, "beta1": 0.5, "discriminator_steps": 1, "discriminator_rate": 2e-4,
    "frames_per_step": 10, "lambda_reconstruction": 10.0, "lambda_texture": 2.0, "l2_budget": 1.12, "batch": 8,
}  # fmt: skip
_PRESETS: dict[tuple[str, str], dict[str, Value]] = {
    ("cvae", "motion"): {"model": "cvae"},
    ("cgan", "motion"): _CGAN,
    ("cvae", "recurrent"): {"model": "cvae", "architecture": "recurrent"},
    ("cgan", "recurrent"): {**_CGAN, "architecture": "recurrent"},
    ("cvae", "poster"): {
        **_POSTER, "model": "cvae", "learning_rate": 1e-3, "batch": 10, "lambda1": 0.001, "lambda2": 0.0,
    },
    ("cgan", "poster"): {
        **_POSTER, "model": "cgan", "learning_rate": 2e-4, "batch": 100, "discriminator_steps": 4, "lambda_ends": 0.02,
        "adversary": "original", "augment_critic": False, "real_label": 0.9,
    },
}  # fmt: skip
_SCALES: dict[tuple[str, str], dict[str, Value]] = {
    ("cvae", "S"): {}, ("cgan", "S"): {},
    ("cvae", "M"): {"width": 32, "learning_rate": 1e-3, "batch": 32},
    ("cgan", "M"): {"width": 32, "learning_rate": 3e-4, "batch": 16},
    ("cvae", "L"): {"width": 64, "learning_rate": 5e-4, "batch": 64},
    ("cgan", "L"): {"width": 64, "learning_rate": 2e-4, "batch": 32},
}  # fmt: skip


def train_preset(
    model: LearnedKind, architecture: Architecture, scale: Scale = "S", **changes: Value
) -> TrainConfig:
    """The training settings that suit a model and an architecture, with `changes` on top.

    `poster` is the seed's recipe (`lambda2` is 0 there, as in the authors' script); it has one size. The others have
    three, of which S trains on a CPU; M and L want a GPU. Weights of the generator and its arithmetic for a clip of 30
    frames of 64x64, by `python tests/benchmarks/sizes.py`:

           width  motion CVAE          motion CGAN          recurrent CVAE       recurrent CGAN
        S     16      1.3 M   0.4 GFLOP    1.4 M   0.5 GFLOP    1.7 M   0.9 GFLOP    1.8 M   1.0 GFLOP
        M     32      3.8 M   1.4 GFLOP    4.1 M   1.8 GFLOP    5.5 M   3.2 GFLOP    5.8 M   3.7 GFLOP
        L     64     13.5 M   5.1 GFLOP   14.4 M   6.7 GFLOP   20.3 M  12.1 GFLOP   21.2 M  13.8 GFLOP

    The posterior (0.2 M weights), the prior and the discriminator (0.3 M) stay the same.

    Raises:
        InputError: no such combination, or a change outside its knob's range.
    """
    if (model, architecture) not in _PRESETS or (model, scale) not in _SCALES:
        raise InputError(
            f"There is no {architecture} {model} of size {scale}.",
            "Choose cvae or cgan; motion, recurrent or poster; S, M or L.",
        )
    if architecture == "poster" and scale != "S":
        raise InputError(f"The poster's networks have one size, not {scale}.", "Leave the scale out.")
    return TrainConfig.from_json({**_PRESETS[model, architecture], **_SCALES[model, scale], **changes})
