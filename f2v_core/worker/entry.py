"""Where the worker process begins: the one edge from the light side to the side that loads torch."""

import os
import signal
from multiprocessing.connection import Connection

from f2v_core.messages import Command, Report


def main(connection: "Connection[Report, Command]") -> None:
    """Serve commands until `Shutdown` or the end of the connection."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # a generating and a training worker share the cores
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the app, which then closes us
    from f2v_core.worker.loop import serve  # noqa: PLC0415 - the process boundary: torch loads here

    serve(connection)
