"""What tests of the library stand on."""

from pathlib import Path

import pytest

from f2v_core.library import ModelCard, places
from tests.core.library.small_library import make_model


@pytest.fixture(autouse=True)
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelCard:
    """One embedded model named cvae, instead of those that really ship."""
    monkeypatch.setattr(places, "embedded_folder", lambda: tmp_path / "shipped")
    return make_model(tmp_path / "shipped" / "cvae")
