"""What a form says about a knob: its label, its tooltip, its value in words."""

from PySide6.QtCore import QCoreApplication

from f2v_core.knobs import Knob, Value

LABELS = {
    "memory_gb": "Memory for clips",
    "source_clips": "Clips of one video",
    "loader_workers": "Reading processes",
    "ema": "Weight averaging",
    "augment": "Vary the clips",
    "cosine": "Rate falls at the end",
    "clip_norm": "Gradient limit",
    "beta1": "Momentum (β1)",
    "beta2": "Momentum (β2)",
    "lambda1": "Reconstruction (λ1)",
    "lambda2": "End frames (λ2)",
    "lambda_ends": "End frames (λ)",
    "lambda_reconstruction": "Reconstruction",
    "lambda_texture": "Texture",
    "augment_critic": "Vary for the critic",
    "train_mean": "Train the mean",
    "free_bits": "Free nats",
    "l2_budget": "Budget (L2)",
    "budget_weight": "Weight of the budget",
    "penalty_every": "Penalty every",
    "accumulate": "Portions of a batch",
    "ends_norm": "End frames: sum of",
    "real_label": "Label of real clips",
    "discriminator_rate": "Discriminator's rate",
    "discriminator_steps": "Discriminator's steps",
    "prior_mean_share": "Share at the mean",
    "size": "Frame size",
    "frames": "Frames of a clip",
    "seconds": "Length of a clip",
    "frames_per_step": "Frames of a step",
    "width": "Network width",
    "kl_ramp": "Ramp of the KL term",
    "warmup": "Warm-up steps",
    "z_video": "Latent, video",
    "z_first": "Latent, first image",
    "z_last": "Latent, last image",
    "log_every": "Losses every",
    "sample_every": "Samples every",
    "checkpoint_every": "Checkpoint every",
    "keep_checkpoints": "Checkpoints kept",
    "fps": "Frames a second",
    "ping_pong": "There and back",
    "plays": "Times it plays",
    "rate": "Frames a second",
    "longest": "Longest side",
    "room": "Room for variation",
    "static_per_video": "Static clips of a video",
    "val_share": "Share for validation",
    "test_share": "Share for the test",
}
"""What a knob is called where its field's name is not word enough."""


def label_of(each: Knob) -> str:
    """What a form calls a knob, in the user's language."""
    plain = each.name.replace("_", " ").capitalize()
    return QCoreApplication.translate("ConfigForm", LABELS.get(each.name, plain))


def tooltip_of(each: Knob, default: Value) -> str:
    """The knob's help, its default and, for a number, its range."""
    unit = f" {each.unit}" if each.unit else ""
    lines = [each.help, translated("Default: %s") % f"{plain(default)}{unit}"]
    if each.low is not None and each.high is not None:
        lines.append(translated("From %s to %s") % (f"{each.low:.10g}", f"{each.high:.10g}{unit}"))
    return "\n".join(lines)


def translated(text: str) -> str:
    """A text of the form in the user's language."""
    return QCoreApplication.translate("ConfigForm", text)


def plain(value: Value) -> str:
    """A value as one writes it."""
    if isinstance(value, bool):
        return translated("on") if value else translated("off")
    return (f"{value:.10g}" if isinstance(value, float) else str(value)) or translated("empty")
