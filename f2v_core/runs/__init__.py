"""A training run is a folder: who trains writes it, who reads it watches.

::

    run.json                      the settings (TrainConfig) and the folder's format
    state.json                    what it is doing, written each second while somebody trains
    history.csv                   one row of losses every `log_every` steps
    events.jsonl                  what happened, one JSON object a line
    log.txt                       what a trainer without a terminal printed
    checkpoints/step-00000500/    model/ (a model folder), state.pt (what resuming needs), checkpoint.json (its hashes)
    samples/step-00000500.png     clips on fixed validation pairs: a row each, its frames from left to right
    samples/real.png              the real clips, likewise
    requests/                     what somebody asks of the trainer: pause, stop, discard, save, sample
    .lock                         there while somebody trains

Nothing here loads torch: a window, a terminal and a server see the same.
"""

from f2v_core.runs.claims import claim_run
from f2v_core.runs.folder import (
    LOCK,
    RUN,
    Run,
    change_run,
    create_run,
    list_runs,
    open_run,
    runs_folder,
)
from f2v_core.runs.history import append_history, truncate_history

__all__ = [
    "LOCK",
    "RUN",
    "Run",
    "append_history",
    "change_run",
    "claim_run",
    "create_run",
    "list_runs",
    "open_run",
    "runs_folder",
    "truncate_history",
]
