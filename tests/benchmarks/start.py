"""Start to visible window against an empty PySide6 window: `xvfb-run python tests/benchmarks/start.py`.

Both are started in turns, as fresh processes, and end themselves after their first paint; the figure is the ratio.
"""

import os
import subprocess
import sys
import tempfile
from statistics import median
from time import perf_counter

ROUNDS = 7
EMPTY = """
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 720)
window.paintEvent = lambda event: QTimer.singleShot(0, app.quit)
window.show()
app.exec()
"""
OURS = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from f2v_app.app import build

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.instance().quit)
        return False

studio = build([])
watch = FirstPaint()
studio.window.installEventFilter(watch)
studio.window.show()
QApplication.instance().exec()
print("torch" in sys.modules)
studio.close()
"""


def run_once(code: str) -> tuple[float, str]:
    """Seconds from the start of the process to its end right after the first paint, and what it printed."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{name}_HOME": home for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        start = perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, **places},
        )
        return perf_counter() - start, done.stdout.strip()


def main() -> None:
    """Print both medians and their ratio."""
    runs = [(run_once(EMPTY), run_once(OURS)) for _ in range(ROUNDS)][1:]
    empty = median(seconds for (seconds, _), _ in runs)
    ours = median(seconds for _, (seconds, _) in runs)
    print(
        f"empty PySide6 window {empty:.2f} s, f2v {ours:.2f} s, ratio {ours / empty:.2f} (median of {len(runs)})"
    )
    print(f"torch in the app's process: {runs[-1][1][1]}")


if __name__ == "__main__":
    main()
