"""What a run may be called, and renaming it."""

from pathlib import Path
from typing import Literal

from f2v_core.errors import RunError
from f2v_core.runs.claims import claim_run
from f2v_core.runs.folder import Run
from f2v_core.runs.state import read_state

LONGEST = 100
"""Letters of a name."""
NameFault = Literal["empty", "odd", "taken", ""]
"""Why a run cannot have a name: there is none, it is no folder's name, there is a folder of it; "" when it can."""
_WORDS: dict[NameFault, tuple[str, str]] = {
    "empty": ("A run needs a name.", "Give it one."),
    "odd": ("{0} is no name for a run.", "Use letters, digits, spaces and dashes, not a dot at the start."),
    "taken": ("There is something called {0} already.", "Choose another name."),
}


def name_fault(root: Path, name: str) -> NameFault:
    """Why a run in the folder `root` cannot have this name."""
    if not name:
        return "empty"
    fits = Path(name).name == name == name.strip() and name.isprintable() and len(name) <= LONGEST
    if not fits or name.startswith(".") or "\\" in name:
        return "odd"
    return "taken" if (root / name).exists() else ""


def rename_run(run: Run, name: str) -> Run:
    """Give a run's folder another name, in one step for all who look; returns the run as it is then.

    Raises:
        RunError: somebody trains it, the name is odd or taken, or the system refuses.
    """
    fault = name_fault(run.folder.parent, name)
    if fault:
        message, remedy = _WORDS[fault]
        raise RunError(message.format(name), remedy)
    if read_state(run).active:
        raise RunError(f"{run.folder.name} is being trained.", "Pause or stop it first.")
    try:
        with claim_run(run) as claim:
            return claim.move(run.folder.with_name(name))
    except OSError as error:
        message = f"{run.folder} cannot be renamed: {error.strerror}."
        raise RunError(message, "Allow writing in the folder around it.") from error
