"""The rule of the splits in words, for `dataset.json` and the window."""

from f2v_core.config import PrepareConfig
from f2v_core.data.records import SPLITS, Split
from f2v_core.data.scanning.layouts import Layout


def split_rule(config: PrepareConfig, layout: Layout) -> str:
    """Say which videos count as train, val and test, and why."""
    if config.split != "auto":
        return f"Every video counts as {config.split}."
    titles = {split: found for split in SPLITS if (found := layout.titles(split))}
    if all(found == [split] for split, found in titles.items()):
        given = ["Each folder is the split it is named after"] if titles else []
    else:
        given = [
            f"{' and '.join(found)} {'counts' if len(found) == 1 else 'count'} as {split}"
            for split, found in titles.items()
        ]
    sentences = [f"{'; '.join(given)}."] if given else []
    if free := layout.titles(None):
        sentences += [_shares(config, layout, free), _source(config)]
    else:
        sentences.append("Nothing is split off.")
    return " ".join(sentences)


def _shares(config: PrepareConfig, layout: Layout, free: list[str]) -> str:
    shares: dict[Split, float] = {"val": config.val_share, "test": config.test_share}
    parts = [
        f"{100 * share:.4g} % for {split}" for split, share in shares.items() if not layout.titles(split)
    ]
    where = f" in {' and '.join(free)}" if any(free) else ""
    return (
        f"Of the sources{where} {' and '.join(parts)} are held out, whole ones by a hash of the seed ({config.seed}) "
        "and their name; the rest are train."
    )


def _source(config: PrepareConfig) -> str:
    if config.source_pattern:
        return f"A source is what {config.source_pattern} finds in a video's path, else the file."
    return "A source is the id in a name as in Moments in Time, such as yt-ID_118.mp4, else the file."
