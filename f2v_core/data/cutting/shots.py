"""Finding the cuts of a film while it streams by."""

from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice, pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from f2v_core.media.comparing import sum_of_changes
from f2v_core.media.pictures import Picture

AROUND = 4
"""Frames looked at on each side of a possible cut."""
LOOKS, FURTHEST = 10, 12
"""A second, and at most so many frames apart. Where two looks in a row are nearly the same, no cut lies between them,
and nothing more is compared."""
GAP_S = 1.0
"""Seconds without a frame that end a shot: a hole in the file, or a slide show."""
LOUD = 8.0
"""A cut changes the picture by more than this, on average, in levels of 0..255, and more than the frames beside it."""
ABOVE = 2.0
"""A cut changes it by so often the median of the changes before it, or of those after it: shots move differently."""
STAYS = 0.55
"""After a cut the picture stays away from what it was before by this share of the change: after a flash it returns, and
behind a car that drives by, too."""
UNLIKE = 0.5
"""The correlation of the frames at a cut lies below this; fast motion and changes of light leave it higher."""
LOUD_ALIKE, ABOVE_ALIKE, UNLIKE_ALIKE = 18.0, 8.0, 0.9
"""A cut between two similar frames is louder, so many times above every change around it, and less alike than this."""
BLANK = 6
"""A picture whose levels lie no further apart than this shows nothing."""


class _Seen:
    """A picture, glimpsed at only where that matters.

    Attributes:
        picture: it.
        suspect: whether it lies between two looks that differ.
        appears: whether frames that show nothing were left out before it.
    """

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.suspect = self.appears = False

    @cached_property
    def glimpse(self) -> NDArray[np.uint8]:
        return self.picture.glimpse()

    @cached_property
    def blank(self) -> bool:
        return int(self.glimpse.max()) - int(self.glimpse.min()) <= BLANK


def number_shots(pictures: Iterable[Picture]) -> Iterator[tuple[int, Picture]]:
    """The pictures, each with the number of its shot, from 0; they come some frames late.

    A cut is a change well above those around it, from which the picture does not return, to an unlike frame. A film
    that changes its picture's size, or has no frame for a second, begins a shot, too. Frames that show nothing, as
    between a fade-out and a fade-in, belong to no shot and are left out.

    Tuned by eye on every loud change in half an hour of real footage and cartoons.
    """
    behind: deque[_Seen] = deque(maxlen=AROUND)
    ahead: deque[_Seen] = deque()
    number = 0
    for seen in _looked_at(pictures):
        ahead.append(seen)
        if len(ahead) > AROUND:
            number += _begins_shot(behind, ahead)
            yield number, _next(behind, ahead)
    while ahead:
        number += _begins_shot(behind, ahead)
        yield number, _next(behind, ahead)


def _next(behind: deque[_Seen], ahead: deque[_Seen]) -> Picture:
    behind.append(ahead.popleft())
    return behind[-1].picture


def _looked_at(pictures: Iterable[Picture]) -> Iterator[_Seen]:
    """Mark what lies between two looks that differ; leave out what lies beside a look at nothing."""
    stream = map(_Seen, pictures)
    last = next(stream, None)
    if last is None:
        return
    stride = max(1, min(FURTHEST, round(last.picture.video.rate / LOOKS)))
    group, appears = [last], False
    while group:
        look = group[-1]
        if last.blank or look.blank:
            appears = True
        else:
            suspect = _difference(last, look) > LOUD
            group[0].appears, appears = appears, False
            for seen in group:
                seen.suspect = suspect
                yield seen
        last, group = look, list(islice(stream, stride))


def _begins_shot(behind: deque[_Seen], ahead: deque[_Seen]) -> bool:
    if not behind:
        return False
    seen, picture, before = ahead[0], ahead[0].picture, behind[-1].picture
    if seen.appears or picture.coded_size != before.coded_size or picture.seconds - before.seconds > GAP_S:
        return True
    return seen.suspect and _is_cut([*behind], [*ahead])


def _is_cut(behind: list[_Seen], ahead: list[_Seen]) -> bool:
    change = _difference(behind[-1], ahead[0])
    if change < max(LOUD, *_changes(behind[-2:]), *_changes(ahead[:2])):  # most are told by these
        return False
    before, after = _changes(behind), _changes(ahead)
    usual = min((median(side) for side in (before, after) if side), default=0.0)
    if change < ABOVE * usual or _returns(behind, ahead, STAYS * change):
        return False
    likeness = _likeness(behind[-1], ahead[0])
    stands_out = change > max(LOUD_ALIKE, ABOVE_ALIKE * max((*before, *after), default=0.0))
    return likeness < UNLIKE or (stands_out and likeness < UNLIKE_ALIKE)


def _changes(frames: list[_Seen]) -> list[float]:
    return [_difference(a, b) for a, b in pairwise(frames)]


def _returns(behind: list[_Seen], ahead: list[_Seen], near: float) -> bool:
    """Whether a frame soon after is as near as that to the one before, or the one after to a frame shortly before."""
    before, after = behind[-1], ahead[0]
    return any(_difference(before, each) < near for each in ahead[1:4]) or any(
        _difference(each, after) < near for each in behind[-4:-1]
    )


def _difference(a: _Seen, b: _Seen) -> float:
    """The mean absolute difference of two glimpses, in levels of 0..255."""
    return sum_of_changes(a.glimpse, b.glimpse) / a.glimpse.size


def _likeness(a: _Seen, b: _Seen) -> float:
    """The correlation of two glimpses; 0 where one of them shows nothing."""
    return 0.0 if a.blank or b.blank else float(np.corrcoef(a.glimpse.ravel(), b.glimpse.ravel())[0, 1])
