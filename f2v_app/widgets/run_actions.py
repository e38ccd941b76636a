"""What can be done with a run at the moment: one table, which the buttons and the page read."""

from typing import Literal

from f2v_core.runs.state import RunState

Action = Literal[
    "pause",
    "resume",
    "stop",
    "discard",
    "save",
    "sample",
    "use",
    "duplicate",
    "queue",
    "start",
    "unqueue",
    "up",
]
"""save: a checkpoint now; sample: clips on the fixed pairs now; discard: end and delete; use: take its model.

queue: train it when the trainings before it are over; start: now, not in its turn; unqueue: not at all; up: earlier.
"""


def possible(state: RunState) -> frozenset[Action]:
    """What makes sense in this state, and would be answered."""
    found: set[Action] = {"duplicate"}
    if state.saved:
        found.add("use")
    if state.phase in {"preparing", "training"}:
        found |= {"pause", "stop", "discard"}
    if state.phase == "training":
        found |= {"save", "sample"}
    if state.phase == "queued":
        found |= {"start", "unqueue", "up"}
    elif not state.active and state.phase != "finished":
        found |= {"resume", "queue"}
    return frozenset(found)
