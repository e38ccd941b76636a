"""What the window keeps for a bug report."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from f2v_app.log import LOG, Surprises, kept_log, log_folder


def test_the_log_is_json_lines(user_home: Path) -> None:
    assert log_folder() == user_home / "cache" / "f2v" / "log"
    with kept_log():
        logging.getLogger("f2v").info("ready: %s", "ä")
        try:
            raise ValueError("odd")
        except ValueError:
            logging.getLogger("f2v").exception("task")
    logging.getLogger("f2v").error("not kept")
    first, second = (
        json.loads(line) for line in (log_folder() / LOG).read_text(encoding="utf-8").splitlines()
    )
    assert (first["level"], first["logger"], first["message"]) == ("INFO", "f2v", "ready: ä")
    assert "ValueError: odd" in second["error"]


def test_a_folder_that_cannot_be_written_hinders_nothing(
    user_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (user_home / "cache").write_text("in the way")
    with kept_log():
        assert "there will be no log" in caplog.text


def test_surprises_are_logged_printed_and_told(
    qtbot: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = sys.excepthook
    surprises = Surprises()
    surprises.watch()
    error = ValueError("odd")
    with qtbot.waitSignal(surprises.happened) as told:
        sys.excepthook(ValueError, error, None)
    assert "ValueError: odd" in told.args[0]
    assert "ValueError: odd" in capsys.readouterr().err
    assert "unexpected" in caplog.text
    with qtbot.assertNotEmitted(surprises.happened):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    surprises.leave()
    sys.excepthook = before
