"""Start to visible window against an empty PySide6 window: `xvfb-run python tests/benchmarks/start.py`.

Both are started in turns, as fresh processes; what counts is the time from the start to the first paint.
"""

import os
import subprocess
import sys
import tempfile
from statistics import median
from time import time

ROUNDS = 7
WATCH = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            watched.removeEventFilter(self)
            QTimer.singleShot(0, app.quit)
        return False

app = QApplication([])
watch = FirstPaint()
"""
EMPTY = """
window = QMainWindow()
window.resize(1280, 720)
window.installEventFilter(watch)
window.show()
app.exec()
"""
OURS = """
import sys
from f2v_app.app import Studio
from f2v_app.theme import apply_theme
apply_theme(app)
studio = Studio()
studio.window.installEventFilter(watch)
studio.open([])
app.exec()
print("torch" in sys.modules)
studio.close()
"""


def run_once(code: str) -> tuple[float, list[str]]:
    """Seconds from the start of the process to its window's first paint, and the lines that it printed after that."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{name}_HOME": home for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        start = time()
        done = subprocess.run(
            [sys.executable, "-c", WATCH + code],
            check=True, capture_output=True, text=True, env={**os.environ, **places},
        )  # fmt: skip
        painted, *rest = done.stdout.split()
        return float(painted) - start, rest


def main() -> None:
    """Print both medians and their ratio."""
    runs = [(run_once(EMPTY), run_once(OURS)) for _ in range(ROUNDS)][1:]
    empty = median(seconds for (seconds, _), _ in runs)
    ours = median(seconds for _, (seconds, _) in runs)
    print(
        f"empty PySide6 window {empty:.2f} s, f2v {ours:.2f} s, ratio {ours / empty:.2f} (median of {len(runs)})"
    )
    print(f"torch in the app's process: {runs[-1][1][1][0]}")


if __name__ == "__main__":
    main()
