"""Stands in for `f2v_core.worker.entry`: a worker that has processes of its own at work."""

import os
from multiprocessing.connection import Connection
from pathlib import Path

from f2v_core.data.engines.engine import LocalEngine
from f2v_core.messages import Report, WorkerReady
from tests.core.data.engine_tasks import hold

FOLDER = "F2V_TEST_FOLDER"


def main(connection: "Connection[Report, object]") -> None:
    """Report the numbers of two processes that work, as their device, and stay."""
    folder = Path(os.environ[FOLDER])
    with LocalEngine(2).run(hold, [folder] * 2) as endings:
        for _ in endings:
            pids = [each.name for each in folder.iterdir()]
            if len(pids) == 2:
                connection.send(Report(0, WorkerReady(" ".join(pids))))
