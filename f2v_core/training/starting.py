"""Starting a run from a model of the same networks."""

from f2v_core.config import TrainConfig
from f2v_core.errors import ModelError
from f2v_core.library import find_model
from f2v_core.models.networks import Generator, build_generator, read_weights


def start_from(name: str, generator: Generator, config: TrainConfig) -> None:
    """Take the weights of a model of the same networks; a CGAN's detail, which a CVAE has not, begins anew.

    Raises:
        ModelError: no such model, it is damaged, or its networks are others.
    """
    card = find_model(name)
    motion = ("width", "prior") if card.config.corrects_fade else ()
    for knob in ("architecture", "z_video", "z_first", "z_last", *motion):
        theirs, ours = getattr(card.config, knob), getattr(config, knob)
        if theirs != ours:
            raise ModelError(
                f"{card.name} cannot be the start: its {knob} is {theirs}, here it is {ours}.",
                f"Set {knob} to {theirs}, or choose another model.",
            )
    weights = generator.state_dict()
    theirs = read_weights(card, build_generator(card.config))
    shared = {name: value for name, value in theirs.items() if name in weights}
    generator.load_state_dict({**weights, **shared})
