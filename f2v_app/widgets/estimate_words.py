"""What an estimate says: the figures, where they come from, and what the memory is for."""

from PySide6.QtCore import QCoreApplication

from f2v_app.widgets.run_state import duration, memory
from f2v_app.widgets.train_estimate import Estimate

MINUTE, HOUR, DAY = 60, 3600, 86400


def estimate_words(estimate: Estimate, *, on_processor: bool) -> str:
    """The figures: "About 2 h on this machine, 1.1 GB of memory"."""
    amount = memory(estimate.memory_mb)
    if not estimate.knows_data:
        amount = _tr("at least {0}").format(amount)
    if estimate.ground == "unknown":
        return _tr("{0} of memory").format(amount[:1].upper() + amount[1:])
    exact = estimate.ground == "measured"
    time = duration(estimate.seconds) if exact else rough_duration(estimate.seconds)
    words = _tr("About {0} on this machine, {1} of memory")
    if estimate.ground == "machine" and not on_processor:
        words = _tr("About {0} on the processor, {1} of memory")
    return words.format(time, amount)


def ground_words(estimate: Estimate, *, on_processor: bool) -> str:
    """Where the duration comes from, in a sentence."""
    match estimate.ground:
        case "measured":
            return _tr("Measured in your last run of this kind.")
        case "alike":
            return _tr("Estimated from your last run, of another kind.")
        case "machine" if on_processor:
            return _tr("Estimated from the processor's speed.")
        case "machine":
            return _tr("Estimated from its speed; a graphics card is quicker.")
        case _:
            return _tr("How long it takes is being worked out.")


def memory_words(estimate: Estimate) -> str:
    """What the memory is for, in lines; it is estimated, always."""
    lines = [
        _tr("Memory, estimated"),
        _tr("Networks, gradients and moments: {0}").format(memory(estimate.weights_mb)),
        _tr("Clips of a step: {0}").format(memory(estimate.step_mb)),
    ]
    if estimate.data_mb:
        lines.append(_tr("Decoded clips of the dataset, about: {0}").format(memory(estimate.data_mb)))
    if not estimate.knows_data:
        lines.append(_tr("Decoded clips of the dataset: not known yet"))
    lines.append(_tr("The program itself: {0}").format(memory(estimate.program_mb)))
    return "\n".join(lines)


def rough_duration(seconds: float) -> str:
    """A span of time as exact as a rough figure may be: "2 min", "40 min", "3 h", "2 days"."""
    if seconds < 1.5 * MINUTE:
        return _tr("a minute")
    if seconds < 1.5 * HOUR:
        minutes = round(seconds / MINUTE)
        return _tr("{0} min").format(minutes if minutes < 10 else 5 * round(minutes / 5))
    if seconds < 1.5 * DAY:
        return _tr("{0} h").format(round(seconds / HOUR))
    return _tr("{0} days").format(round(seconds / DAY))


def _tr(text: str) -> str:
    return QCoreApplication.translate("TrainEstimate", text)
