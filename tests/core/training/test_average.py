"""The moving average: of weights and buffers, and in place of them for a moment."""

import pytest
import torch
from torch import nn

from f2v_core.training.average import AveragedWeights


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2))
        self.register_buffer("seen", torch.tensor(0))

    def train_to(self, value: float) -> None:
        with torch.no_grad():
            self.weight.fill_(value)
            self.seen.fill_(int(value))


def test_young_averages_forget_faster():
    network = Network()
    average = AveragedWeights(network, 0.9)
    network.train_to(1.0)
    average.add(1)  # (1 + 1) / (10 + 1) stays
    assert average.values["weight"].tolist() == pytest.approx([9 / 11] * 2)
    assert average.values["seen"] == 1
    before = average.values["weight"][0].item()
    network.train_to(2.0)
    average.add(1_000_000)
    assert average.values["weight"][0].item() == pytest.approx(0.9 * before + 0.1 * 2)


def test_without_a_decay_it_is_the_last_weights():
    network = Network()
    average = AveragedWeights(network, 0.0)
    network.train_to(3.0)
    average.add(5)
    assert average.values["weight"].tolist() == [3.0, 3.0]


def fail_in_place(average: AveragedWeights, network: Network) -> None:
    with average.in_place() as shown:
        assert shown is network
        assert network.weight.tolist() == [0.0, 0.0]
        assert average.values["weight"].tolist() == [1.0, 1.0]
        raise ZeroDivisionError


def test_in_place_they_trade_places_and_come_back_after_an_error():
    network = Network()
    average = AveragedWeights(network, 0.9)
    network.train_to(1.0)
    optimised = network.weight
    with pytest.raises(ZeroDivisionError):
        fail_in_place(average, network)
    assert network.weight is optimised
    assert network.weight.tolist() == [1.0, 1.0]
    assert (network.seen, average.values["seen"]) == (1, 0)


def test_a_saved_average_is_taken_up_and_does_not_move_with_the_network():
    network = Network()
    average = AveragedWeights(network, 0.9)
    average.load({"weight": torch.ones(2), "seen": torch.tensor(4)})
    assert average.values["weight"].tolist() == [1.0, 1.0]
    network.train_to(7.0)
    average.restart()
    network.train_to(8.0)
    assert average.values["weight"].tolist() == [7.0, 7.0]
