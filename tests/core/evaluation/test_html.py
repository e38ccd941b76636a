"""The page: whole, without requests, escaped, small enough, with everything that a report holds."""

from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from typing_extensions import override

from f2v_core.errors import ExportError, MediaError
from f2v_core.evaluation import html
from f2v_core.evaluation.html import make_page, write_html
from f2v_core.evaluation.records import Interval
from f2v_core.media.images import write_png
from tests.core.evaluation.made_rows import made_report, made_row

VOID = {"meta", "img", "br", "link", "input"}
NASTY = "<script>alert(1)</script>&\"'"


class Page(HTMLParser):
    """Checks that elements nest, and collects them."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found, self.words = [], [], []
        self.feed(text)
        assert not self.open

    @override
    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    @override
    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    @override
    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    @override
    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def write_sheet(path, size=(40, 60)):
    write_png(path, np.random.default_rng(0).integers(0, 255, (*size, 3), dtype=np.uint8))


def test_the_page_is_whole_and_asks_for_nothing(tmp_path):
    write_sheet(tmp_path / "b.png")
    write_html(made_report(), tmp_path, tmp_path / "out" / "report.html")
    page = Page((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))
    assert not page.all("script") + page.all("link") + page.all("iframe")
    for attributes in (each for _, each in page.found):
        for name in ("src", "href"):
            assert attributes.get(name, "#").startswith(("#", "data:image/"))
        assert not [name for name in attributes if name.startswith("on")]


def test_the_page_is_accessible(tmp_path):
    write_sheet(tmp_path / "b.png")
    page = Page(make_page(made_report(), tmp_path))
    assert page.all("html")[0]["lang"] == "en"
    assert all(each.get("scope") in {"col", "row"} for each in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 4
    (picture,) = page.all("img")
    assert "Best clip of cvae" in picture["alt"]
    assert "linear 1.00, cvae 0.90" in picture["alt"]
    assert all(each["role"] == "img" and each["aria-label"] for each in page.all("svg"))
    ids = [each["id"] for _, each in page.found if "id" in each]
    assert len(ids) == len(set(ids))
    labels = [each["aria-labelledby"] for _, each in page.found if "aria-labelledby" in each]
    assert set(labels) <= set(ids)


def test_one_sentence_says_what_was_compared(tmp_path):
    text = Page(make_page(made_report(), tmp_path)).text
    assert "2 methods on 4 clips of 3 source videos from the split val of the dataset room" in text
    assert "sha256 abababababab" in text
    assert "by f2v 0.1.0 on 2 January 2026, 03:04." in text
    odd = replace(made_report(), created="some day")
    assert "on some day." in Page(make_page(odd, tmp_path)).text


def test_everything_from_files_is_escaped(tmp_path):
    row = made_row(NASTY, 0.9, (1.0, 2.0))
    group = row.overall
    clips = tuple(replace(clip, key=NASTY + clip.key, source=NASTY, category=NASTY) for clip in row.clips)
    row = replace(row, title=NASTY, clips=clips, categories={NASTY: group, "": group}, sources={NASTY: group})
    write_sheet(tmp_path / "b.png")
    report = replace(
        made_report(row), dataset=NASTY, digest=NASTY, split=NASTY, version=NASTY, created=NASTY,
        sheets={f"best of {NASTY}": "b.png"},
    )  # fmt: skip
    page = Page(make_page(report, tmp_path))
    assert not page.all("script")
    assert NASTY in page.text
    assert page.all("img")


def test_many_categories_become_rows_and_one_is_left_out(tmp_path):
    def heads(count):
        rows = [
            replace(row, categories={f"c{i}": row.overall for i in range(count)})
            for row in made_report().rows
        ]
        return Page(make_page(made_report(*rows), tmp_path)).text

    assert "Method All clips 4 clips linear" in heads(1)
    assert "Method All clips 4 clips c0 4 clips c1" in heads(2)
    assert "Category linear cvae All clips 4 clips" in heads(9)


def test_the_best_of_a_column_is_marked_in_words(tmp_path):
    rows = [made_row("linear"), made_row("cvae", 0.9), made_row("cgan", 0.95)]
    text = Page(make_page(made_report(*rows), tmp_path)).text
    assert "0.900 ★ best" in text
    assert "0.950 ★" not in text
    assert "25.0 ★" not in text


def test_what_was_not_asked_for_is_left_out(tmp_path):
    rows = [replace(made_row("linear"), auc=None), replace(made_row("cvae", 0.9), auc=None, p_value=1e-5)]
    page = Page(make_page(made_report(*rows), tmp_path))
    assert not any(head == "AUC" for head in page.words[: page.words.index("Charts")])
    assert "Contact sheets" not in page.text
    assert "Latent at its mean" not in page.text
    assert "< 0.001" in page.text
    alone = Page(make_page(made_report(rows[0]), tmp_path))
    assert "Worst source videos" not in alone.text


def test_shares_have_intervals_in_per_cent(tmp_path):
    row = replace(made_row("cvae"), win_rate=Interval(0.83, 0.7, 0.95))
    text = Page(make_page(made_report(made_row("linear"), row), tmp_path)).text
    assert "83 % ★ best 70–95" in text or "83 % 70–95" in text


def test_sheets_that_are_not_there_or_outside_are_left_out(tmp_path):
    folder = tmp_path / "report"
    folder.mkdir()
    write_sheet(tmp_path / "secret.png")
    report = replace(made_report(), sheets={"best of cvae": "../secret.png", "worst of cvae": "gone.png"})
    assert not Page(make_page(report, folder)).all("img")


def test_sheets_shrink_until_they_have_room(tmp_path, monkeypatch):
    write_sheet(tmp_path / "b.png", (300, 300))
    exact = len(make_page(made_report(), tmp_path))
    monkeypatch.setattr(html, "ROOM", 200_000)
    page = Page(make_page(made_report(), tmp_path))
    assert page.all("img")[0]["src"].startswith("data:image/webp;base64,")
    assert len(make_page(made_report(), tmp_path)) < exact


def test_a_damaged_sheet_is_named(tmp_path, monkeypatch):
    (tmp_path / "b.png").write_bytes(b"no picture")
    monkeypatch.setattr(html, "ROOM", 5)
    with pytest.raises(MediaError, match=r"b\.png"):
        make_page(made_report(), tmp_path)


def test_a_page_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"report\.html cannot be written"):
        write_html(made_report(), tmp_path, tmp_path / "file" / "report.html")
