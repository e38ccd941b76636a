from dataclasses import replace

import pytest

from f2v_app.widgets.data_work import prepare_dataset, scan_folder, scan_key
from f2v_core.config import PrepareConfig
from f2v_core.errors import DataError, InputError


def test_a_scan_is_the_cores(tmp_path):
    with pytest.raises(DataError):
        list(scan_folder(PrepareConfig(videos=str(tmp_path))))


def test_preparing_is_the_cores(tmp_path):
    with pytest.raises(InputError):
        list(prepare_dataset(PrepareConfig(), tmp_path / "set"))


def test_only_what_changes_the_counts_asks_for_another_look():
    config = PrepareConfig(videos="/videos")
    assert scan_key(replace(config, size=128, seconds=1.0, keep="static")) == scan_key(config)
    for changes in (
        {"videos": "/x"},
        {"categories": "a"},
        {"split": "test"},
        {"val_share": 0.2},
        {"seed": 1},
    ):
        assert scan_key(replace(config, **changes)) != scan_key(config)
