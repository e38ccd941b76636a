"""Finding the cuts of a film while it streams by."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median

import numpy as np
from numpy.typing import NDArray

from f2v_core.media.pictures import Picture, difference

AROUND = 5
"""Frames looked at on each side of a possible cut."""
LOUD = 18.0
"""A cut changes the picture by more than this, on average, in levels of 0..255."""
ABOVE = 4.0
"""A cut changes it by so many times the median of the changes around it."""


@dataclass(frozen=True, eq=False, slots=True)
class _Seen:
    """A picture, its glimpse, and how far that is from the glimpse before."""

    picture: Picture
    glimpse: NDArray[np.uint8]
    change: float


def number_shots(pictures: Iterable[Picture]) -> Iterator[tuple[int, Picture]]:
    """The pictures, each with the number of its shot, from 0; they come `AROUND` pictures late.

    A cut is a change far above those around it after which the picture does not return, as it does after a flash.
    A film that changes its picture's size begins a shot, too.
    """
    behind: deque[_Seen] = deque(maxlen=AROUND)
    ahead: deque[_Seen] = deque()
    number = 0
    for seen in _compared(pictures):
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


def _compared(pictures: Iterable[Picture]) -> Iterator[_Seen]:
    before: _Seen | None = None
    for picture in pictures:
        glimpse = picture.glimpse()
        change = 0.0 if before is None else difference(before.glimpse, glimpse)
        before = _Seen(picture, glimpse, change)
        yield before


def _begins_shot(behind: deque[_Seen], ahead: deque[_Seen]) -> bool:
    if not behind:
        return False
    if ahead[0].picture.coded_size != behind[-1].picture.coded_size:
        return True
    return ahead[0].change > LOUD and _is_cut(behind, ahead)


def _is_cut(behind: deque[_Seen], ahead: deque[_Seen]) -> bool:
    change = ahead[0].change
    around = [each.change for each in (*behind, *islice(ahead, 1, None))]
    if change < ABOVE * median(around):
        return False
    last = behind[-1].glimpse
    return all(difference(last, each.glimpse) > change / 2 for each in islice(ahead, 1, 4))
