"""One window a user: a second start hands its files to the first and ends."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1000
"""For the window that is there already to take the files; one that hangs longer is not waited for."""


def server_name(settings: Path) -> str:
    """A name for the window that keeps its settings in this file: other users and other homes have their own."""
    return f"f2v-{sha256(str(settings.resolve()).encode()).hexdigest()[:16]}"


def hand_over(name: str, paths: Sequence[Path]) -> bool:
    """Give files to the window that listens under a name; returns whether there is one that took them."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(json.dumps([str(path.resolve()) for path in paths]).encode())
    socket.flush()
    socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return socket.state() == QLocalSocket.LocalSocketState.UnconnectedState or socket.waitForDisconnected(
        WAIT_MS
    )


class SingleInstance(QObject):
    """Listens for later starts.

    Signals:
        asked: somebody started f2v once more; a list of Paths, empty where none were given.
    """

    asked = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        if not self._server.listen(name):  # what a killed window left behind: nobody answered there
            QLocalServer.removeServer(name)
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether later starts find this one."""
        return self._server.isListening()

    def close(self) -> None:
        """Let the next start open a window of its own."""
        self._server.close()

    def _on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(lambda each=socket: self._on_told(each))
            if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._on_told(socket)

    def _on_told(self, socket: QLocalSocket) -> None:
        data = bytes(socket.readAll().data())
        socket.deleteLater()
        try:
            names = json.loads(data)
        except ValueError:  # whoever that was, it was no f2v
            return
        if isinstance(names, list) and all(isinstance(each, str) for each in names):
            self.asked.emit([Path(each) for each in names])
