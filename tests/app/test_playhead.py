from collections.abc import Iterator

import pytest

from f2v_app.playhead import Playhead


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def playhead(qtbot, clock: Clock) -> Iterator[Playhead]:
    made = Playhead(clock=clock)
    made.set_clip(30, 10.0)
    yield made
    made.pause()


def pass_time(playhead: Playhead, clock: Clock, seconds: float) -> int:
    clock.now += seconds
    playhead._on_due()
    return playhead.index


def test_it_shows_the_frame_that_the_clock_asks_for(playhead, clock):
    playhead.play()
    assert [pass_time(playhead, clock, seconds) for seconds in (0.05, 0.06, 1.0)] == [0, 1, 11]


def test_it_does_not_drift_over_many_late_wakes(playhead, clock):
    playhead.play()
    for _ in range(1000):
        pass_time(playhead, clock, 0.1037)
    assert playhead.index == int(103.7 * 10 + 1e-6) % 30


def test_it_begins_again_at_the_end_or_stops_there(playhead, clock):
    playhead.play()
    assert pass_time(playhead, clock, 3.05) == 0
    playhead.set_loop(False)
    assert pass_time(playhead, clock, 30.0) == 29
    assert not playhead.playing


def test_play_at_the_end_starts_over(playhead):
    playhead.seek(29)
    playhead.toggle()
    assert (playhead.index, playhead.playing) == (0, True)
    playhead.toggle()
    assert not playhead.playing


def test_seek_stays_inside_and_goes_on_from_there(playhead, clock):
    playhead.play()
    playhead.seek(10)
    assert pass_time(playhead, clock, 0.21) == 12
    playhead.seek(99)
    assert playhead.index == 29
    playhead.seek(-5)
    assert playhead.index == 0


def test_a_step_pauses(playhead):
    playhead.play()
    playhead.step(3)
    assert (playhead.index, playhead.playing) == (3, False)


def test_shuttling_doubles_up_to_four_times_and_turns_round(playhead, clock):
    rates = []
    for direction in (1, 1, 1, 1, -1, -1):
        playhead.shuttle(direction)
        rates.append(playhead.rate)
    assert rates == [10, 20, 40, 40, -10, -20]
    playhead.set_loop(False)
    playhead.seek(3)
    assert pass_time(playhead, clock, 5) == 0
    assert not playhead.playing


def test_shuttling_from_an_end_begins_at_the_other(playhead):
    playhead.shuttle(-1)
    assert playhead.index == 29
    playhead.pause()
    playhead.shuttle(1)
    assert playhead.index == 0


def test_speed_takes_effect_at_once(playhead, clock, qtbot):
    playhead.play()
    pass_time(playhead, clock, 1.0)
    with qtbot.waitSignal(playhead.speed_changed):
        playhead.set_speed(2.0)
    assert pass_time(playhead, clock, 0.51) == 20
    assert playhead.speed == 2.0
    playhead.set_speed(2.0)


def test_it_plays_its_range_only(playhead, clock):
    playhead.seek(10)
    playhead.begin_range_here()
    playhead.seek(14)
    playhead.end_range_here()
    assert (playhead.range, playhead.ranged) == ((10, 14), True)
    playhead.seek(2)
    playhead.play()
    assert playhead.index == 10
    assert [pass_time(playhead, clock, 0.101) for _ in range(6)] == [11, 12, 13, 14, 10, 11]
    playhead.set_loop(False)
    assert pass_time(playhead, clock, 9) == 14
    assert not playhead.playing
    playhead.clear_range()
    assert (playhead.range, playhead.ranged) == ((0, 29), False)


def test_a_range_that_turns_round_opens_its_other_end(playhead):
    playhead.set_range(10, 14)
    playhead.seek(20)
    playhead.begin_range_here()
    assert playhead.range == (20, 29)
    playhead.seek(5)
    playhead.end_range_here()
    assert playhead.range == (0, 5)
    playhead.set_range(-3, 99)
    assert playhead.range == (0, 29)


def test_there_and_back(playhead, clock, qtbot):
    playhead.set_range(4, 7)
    with qtbot.waitSignal(playhead.ping_pong_changed):
        playhead.set_ping_pong(True)
    playhead.set_ping_pong(True)
    playhead.shuttle(1)
    assert [pass_time(playhead, clock, 0.101) for _ in range(7)] == [5, 6, 7, 6, 5, 4, 5]
    playhead.set_loop(False)
    playhead.pause()
    playhead.seek(6)
    playhead.shuttle(-1)
    assert [pass_time(playhead, clock, 0.101) for _ in range(5)] == [5, 4, 5, 6, 7]
    assert playhead.ping_pong


def test_another_speed_keeps_the_way_back(playhead, clock):
    playhead.set_ping_pong(True)
    playhead.play()
    assert pass_time(playhead, clock, 3.5001) == 23
    playhead.set_speed(2.0)
    assert pass_time(playhead, clock, 0.2001) == 19


def test_nothing_plays_where_there_is_nothing(qtbot):
    playhead = Playhead()
    playhead.play()
    playhead.shuttle(1)
    assert (playhead.playing, playhead.count, playhead.fps) == (False, 0, 10.0)
    playhead.seek(4)
    assert playhead.index == 0


def test_it_plays_by_itself(qtbot):
    playhead = Playhead()
    playhead.set_clip(5, 100.0)
    with qtbot.waitSignal(playhead.index_changed, check_params_cb=lambda index: index == 4):
        playhead.play()
    playhead.pause()
