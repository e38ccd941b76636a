"""Edits on the way into a file: a range, there and back, repeats, another rate, another size."""

from collections.abc import Iterable, Iterator, Sequence

from f2v_core.config.export import ExportConfig
from f2v_core.errors import InputError
from f2v_core.frames import Frame
from f2v_core.media.presets import Preset


def edited_numbers(count: int, fps: float, config: ExportConfig, preset: Preset) -> tuple[list[int], float]:
    """Which of `count` frames are written, from 0, in their order; and the file's frames per second.

    At another rate both ends of the range stay. There and back, neither end is shown twice in a row. Files that
    cannot say how often they play hold their frames so many times.

    Raises:
        InputError: a range that the clip does not have.
    """
    first, last = config.from_frame - 1, (config.to_frame or count) - 1
    if not 0 <= first <= last < count:
        raise InputError(
            f"Frames {config.from_frame} to {config.to_frame or count} are not in the clip.",
            f"It has frames 1 to {count}.",
        )
    if preset.still:
        return [first], fps
    rate = config.rate or fps
    steps = max(0, round((last - first + 1) * rate / fps) - 1)
    numbers = (
        [first + (2 * i * (last - first) + steps) // (2 * steps) for i in range(steps + 1)]
        if steps
        else [first]
    )
    endless = preset.loops and config.plays != 1
    if config.ping_pong and len(numbers) > 1:
        numbers += numbers[-2:0:-1] if endless or config.plays > 1 else numbers[-2::-1]
    if not preset.loops:
        numbers = numbers * max(1, config.plays)
    return numbers, rate


def edited_frames(frames: Iterable[Frame], numbers: Sequence[int], longest: int = 0) -> Iterator[Frame]:
    """The frames of these numbers, from 0, (H, W, 3) uint8; the longer side brought to `longest` pixels unless 0.

    Frames that come back later are kept until then; otherwise they are taken one at a time, and none after the last.
    """
    from f2v_core.media.fitting import resize_frame  # noqa: PLC0415 - OpenCV loads slowly, and tables are read early

    last_use = {number: place for place, number in enumerate(numbers)}
    kept: dict[int, Frame] = {}
    source, taken = iter(frames), -1
    for place, number in enumerate(numbers):
        while taken < number:
            frame = next(source, None)
            if frame is None:
                return
            taken += 1
            if taken in last_use:
                size = scaled_size((frame.shape[1], frame.shape[0]), longest)
                kept[taken] = frame if size == (frame.shape[1], frame.shape[0]) else resize_frame(frame, size)
        yield kept[number]
        if last_use[number] == place:
            del kept[number]


def scaled_size(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """(width, height) with its longer side at `longest` pixels; 0: as it is."""
    if not longest or max(size) == longest:
        return size
    factor = longest / max(size)
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))
