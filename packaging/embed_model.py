"""Put the newest checkpoint of a run into resources/models: `python packaging/embed_model.py RUN NAME`."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from f2v_core.library import WEIGHTS, embedded_folder, read_card, write_card
from f2v_core.runs import open_run
from f2v_core.storage import atomic_folder


def main(run: str, name: str) -> None:
    """Copy weights and card; paths to the data are written relative to the checkout."""
    card = read_card(open_run(Path(run)).model_folder())
    paths = {key: os.path.relpath(getattr(card.config, key)) for key in ("data", "validation", "start_from")
             if getattr(card.config, key)}  # fmt: skip
    with atomic_folder(embedded_folder() / name) as partial:
        shutil.copyfile(card.weights, partial / WEIGHTS)
        write_card(partial, replace(card, name=name, config=replace(card.config, **paths)))
    print(f"{name}: {card.steps} steps, {card.weights.stat().st_size / 1e6:.1f} MB, {dict(card.metrics)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
