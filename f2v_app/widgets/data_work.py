"""The long work of the Data page; loaded when it is first asked for."""

from collections.abc import Iterator
from pathlib import Path

from f2v_core.config import PrepareConfig
from f2v_core.messages import PrepareEvent, ScanEvent


def scan_folder(config: PrepareConfig) -> Iterator[ScanEvent]:
    """Look through a folder of videos, see `f2v_core.data.scanning.scan.scan`."""
    from f2v_core.data.scanning.scan import scan  # noqa: PLC0415 - see above

    return scan(config)


def prepare_dataset(config: PrepareConfig, folder: Path) -> Iterator[PrepareEvent]:
    """Make a dataset with all cores of this machine, see `f2v_core.data.prepare.prepare`."""
    from f2v_core.data.engines.engine import make_engine  # noqa: PLC0415 - see above
    from f2v_core.data.prepare import prepare  # noqa: PLC0415

    return prepare(config, folder, make_engine("local"))


def scan_key(config: PrepareConfig) -> tuple[object, ...]:
    """What a folder's counts depend on."""
    return (
        config.videos,
        config.categories,
        config.split,
        config.val_share,
        config.test_share,
        config.source_pattern,
        config.seed,
    )
