"""What the losses are called, and what they say."""

from PySide6.QtCore import QCoreApplication

NAMES = {
    "loss": "Loss",
    "reconstruction": "Reconstruction",
    "kl": "KL",
    "ends": "End frames",
    "ratio to linear": "Ratio to linear",
    "posterior ratio": "Posterior's ratio",
    "kl of validation": "KL of validation",
}
"""Where the history's own word is not enough for a reader."""
HELP = {
    "loss": "The sum that training lowers.",
    "reconstruction": "How far rebuilt clips are from the real ones.",
    "kl": "How far the latent strays from what the two images tell.",
    "ratio to linear": "Distance to the real validation clips over that of linear interpolation: below 1 is better.",
    "posterior ratio": "The same, when the model may look at the real clip first.",
    "kl of validation": "Nats that the model takes from a real validation clip.",
    "generator": "How far the generator is from fooling the discriminator.",
    "discriminator": "How well the discriminator tells real clips from generated ones.",
}


def loss_name(name: str) -> str:
    """A loss as a title."""
    plain = name.replace("_", " ")
    return _tr(NAMES.get(name, plain[:1].upper() + plain[1:]))


def loss_help(name: str) -> str:
    """A sentence about a loss; empty where there is none."""
    return _tr(HELP[name]) if name in HELP else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("LossWords", text)
