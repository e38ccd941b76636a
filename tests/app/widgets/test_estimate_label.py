from f2v_app.widgets.estimate_label import EstimateLabel
from f2v_app.widgets.estimate_words import memory_words
from f2v_app.widgets.train_estimate import Estimate


def test_tells_a_screen_reader_what_it_shows(qtbot) -> None:
    label, estimate = EstimateLabel(), Estimate(6500.0, "machine", 30.0, 200.0, 500.0)
    qtbot.addWidget(label)
    label.tell(estimate, on_processor=True)
    assert label.words == "About 2 h on this machine, 1.2 GB of memory. Estimated from the processor's speed."
    assert label.accessibleDescription() == label.words
    assert label.toolTip() == memory_words(estimate)
