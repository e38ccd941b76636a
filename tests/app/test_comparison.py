from f2v_app.comparison import Comparison


def test_a_mode_chosen_twice_goes_back_to_the_grid(qtbot):
    how = Comparison()
    with qtbot.waitSignal(how.arranged):
        how.set_mode("wipe")
    assert (how.mode, how.against) == ("wipe", True)
    how.set_mode("wipe")
    assert (how.mode, how.against) == ("grid", False)
    how.set_mode("sheet")
    assert not how.against


def test_a_pick_stays_and_a_peek_passes(qtbot):
    how = Comparison()
    how.take_models(["linear", "cvae", "cgan"])
    how.pick("cvae")
    how.peek("cgan")
    assert how.picked == "cgan"
    how.peek(None)
    assert how.picked == "cvae"
    how.pick("cvae")
    assert how.picked is None


def test_reference_and_pick_stay_where_they_still_are(qtbot):
    how = Comparison()
    how.take_models(["linear", "cvae"])
    assert how.reference == "linear"
    how.set_reference("cvae")
    how.pick("linear")
    how.take_models(["cvae", "cgan"])
    assert (how.reference, how.picked) == ("cvae", None)
    how.take_models([])
    assert how.reference == ""


def test_shares_stay_between_nothing_and_all(qtbot):
    how = Comparison()
    how.set_divider(1.7)
    how.set_opacity(-3)
    assert (how.divider, how.opacity) == (1.0, 0.0)
    with qtbot.waitSignal(how.changed):
        how.set_gain(8)
    assert how.gain == 8
