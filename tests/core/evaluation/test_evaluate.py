from contextlib import closing
from dataclasses import replace

import pytest
import torch

from f2v_core.config import EvaluateConfig
from f2v_core.errors import DataError, InputError
from f2v_core.evaluation import evaluate as module
from f2v_core.evaluation import figures
from f2v_core.evaluation.code_digest import code_digest
from f2v_core.evaluation.evaluate import evaluate
from f2v_core.evaluation.records import Interval
from f2v_core.evaluation.report import list_reports, read_report
from f2v_core.media.images import read_image
from f2v_core.messages import EvaluationReady, Notice, StageProgress
from tests.datasets import Take, moving_square, write_dataset


@pytest.fixture
def config(dataset, ladder):
    assert ladder
    return EvaluateConfig(data=str(dataset), split="val", draws=2, classifier_seeds=2, seed=3)


def stages(events):
    return list(dict.fromkeys(event.stage for event in events if isinstance(event, StageProgress)))


def notices(events):
    return [event.text for event in events if isinstance(event, Notice)]


def test_a_report_lies_among_the_users_own(config, ladder):
    events = list(evaluate(config))
    (folder,) = list_reports()
    assert events[-1] == EvaluationReady(str(folder))
    assert folder.name.startswith("room-val-")
    report = read_report(folder)
    assert (report.dataset, report.split, report.clips, report.videos) == ("room", "val", 4, 2)
    assert [row.name for row in report.rows] == [method.name for method in ladder]
    assert [row.ratio.value for row in report.rows[:3]] == [1.0] * 3
    assert report.row("cgan").sampled.draws == 2
    assert report.row("hold").auc is None  # nobody asks how real that looks
    assert report.row("cvae").auc == Interval(0.5 + 3.5 / 16, 0.5 + 3 / 16, 0.5 + 4 / 16)


def test_progress_names_the_methods(config):
    said = stages(evaluate(config))
    assert said[:2] == ["Reading clips", "Measuring linear"]
    for stage in ("Reading clips", "Measuring cgan", "Making clips of cgan", "Drawing contact sheets"):
        assert stage in said
    assert "Telling cgan from real 2/2" in said
    assert not any("hold from real" in stage for stage in said)


def test_sheets_show_each_models_clips(config):
    list(evaluate(config))
    (folder,) = list_reports()
    sheets = read_report(folder).sheets
    ranks = ("best", "median", "worst")
    assert list(sheets) == [f"{rank} of {model}" for model in ("cvae", "cgan") for rank in ranks]
    for name in sheets.values():
        assert read_image(folder / name).shape[2] == 3


def test_without_a_model_sheets_show_flow(config, ladder):
    del ladder[3:]
    list(evaluate(config))
    assert next(iter(read_report(list_reports()[0]).sheets)) == "best of flow"


def test_one_video_is_too_few_for_classifiers(config, tmp_path):
    takes = [Take(moving_square(n), "one.mp4", "val") for n in range(2)]
    write_dataset(tmp_path / "one", takes)
    events = list(evaluate(replace(config, data=str(tmp_path / "one")), tmp_path / "report"))
    assert "two videos or more" in notices(events)[0]
    assert read_report(tmp_path / "report").row("cvae").auc is None


def test_again_everything_is_known(config, ladder, tmp_path):
    list(evaluate(config, tmp_path / "one"))
    for method in ladder:
        method.asked.clear()
    events = list(evaluate(config, tmp_path / "two"))
    assert stages(events) == ["Drawing contact sheets"]
    assert notices(events) == [
        "Known from an earlier evaluation of the same clips: linear, hold, flow, cvae, cgan."
    ]
    one, two = read_report(tmp_path / "one"), read_report(tmp_path / "two")
    assert replace(one, created="") == replace(two, created="")
    assert ladder[1].asked == []


@pytest.mark.parametrize(
    ("change", "measured"),
    [
        ({"draws": 3}, {"cvae", "cgan"}),
        ({"clips": 3}, {"linear", "hold", "flow", "cvae", "cgan"}),
        ({"classifier_seeds": 3}, set()),
        ({"seed": 9}, set()),
    ],
)
def test_what_depends_on_a_change_is_worked_out_again(config, change, measured, tmp_path):
    list(evaluate(config, tmp_path / "one"))
    said = stages(evaluate(replace(config, **change), tmp_path / "two"))
    assert {stage.split()[-1] for stage in said if stage.startswith("Measuring")} == measured
    told = {stage for stage in said if stage.startswith("Telling cvae")}
    news = {"classifier_seeds": {"3/3"}, "draws": set()}
    assert {stage.split()[-1] for stage in told} == news.get(next(iter(change)), {"1/2", "2/2"})


def test_another_version_of_a_model_is_another_model(config, ladder, tmp_path):
    list(evaluate(config, tmp_path / "one"))
    ladder[3].fingerprint = "new weights"
    said = stages(evaluate(config, tmp_path / "two"))
    assert [stage for stage in said if stage.startswith("Measuring")] == ["Measuring cvae"]


def test_classifiers_on_another_device_are_other_classifiers(config, monkeypatch, tmp_path):
    list(evaluate(config, tmp_path / "one"))
    monkeypatch.setattr(figures, "choose_device", lambda _wish: torch.device("meta"))
    said = stages(evaluate(config, tmp_path / "two"))
    assert "Telling cgan from real 2/2" in said
    assert not any(stage.startswith("Measuring") for stage in said)


@pytest.mark.parametrize(
    ("module", "again"), [("measuring", "Measuring cgan"), ("methods", "Telling cgan from real 1/2")]
)
def test_other_code_finds_other_figures(config, module, again, monkeypatch, tmp_path):
    list(evaluate(config, tmp_path / "one"))

    def changed(name):
        return "changed" if name.endswith(f".{module}") else code_digest(name)

    monkeypatch.setattr(figures, "code_digest", changed)
    said = stages(evaluate(config, tmp_path / "two"))
    assert again in said
    assert ("Measuring cgan" in said) == (module == "measuring")


def test_damaged_figures_are_worked_out_again(config, tmp_path, user_home):
    list(evaluate(config, tmp_path / "one"))
    for path in (user_home / "cache" / "f2v" / "figures").iterdir():
        path.write_text("{}" if "clips" in path.read_text() else "[")
    events = list(evaluate(config, tmp_path / "two"))
    assert "damaged" in notices(events)[0]
    assert "Measuring cgan" in stages(events)
    assert len(notices(list(evaluate(config, tmp_path / "three")))) == 1


def test_figures_that_cannot_be_kept_stop_nothing(config, tmp_path, user_home):
    (user_home / "cache").write_text("no folder")
    events = list(evaluate(config, tmp_path / "one"))
    assert all(word in " ".join(notices(events)) for word in ("cannot be read", "not kept"))
    assert read_report(tmp_path / "one").clips == 4


@pytest.mark.parametrize("stage", ["Measuring cgan", "Telling flow from real 1/2", "Drawing contact sheets"])
def test_cancelled_there_is_no_report_and_finished_figures_are_kept(config, stage, tmp_path):
    with closing(evaluate(config, tmp_path / "reports" / "one")) as events:
        for event in events:
            if isinstance(event, StageProgress) and event.stage == stage:
                break
    left = tmp_path / "reports"
    assert not left.exists() or list(left.iterdir()) == []
    assert "Measuring linear" not in stages(evaluate(config, tmp_path / "reports" / "one"))


def test_a_folder_that_holds_something_is_left_alone(config, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years")
    with pytest.raises(InputError, match="not empty"):
        list(evaluate(config, tmp_path / "mine"))
    (tmp_path / "mine" / "thesis.txt").unlink()
    list(evaluate(config, tmp_path / "mine"))
    assert read_report(tmp_path / "mine").clips == 4


def test_a_disk_that_refuses_is_told(config, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written"):
        list(evaluate(config, tmp_path / "file" / "report"))


def test_models_are_asked_for_by_their_names(config, monkeypatch, ladder, tmp_path):
    asked = []
    monkeypatch.setattr(module, "make_ladder", lambda *what: asked.append(what) or ladder)
    list(evaluate(replace(config, models=("my, model", "runs/other")), tmp_path / "one"))
    ((names, device, dataset),) = asked
    assert (names, device, dataset.folder.name) == (("my, model", "runs/other"), "auto", "room")
