"""Weights and arithmetic of each architecture and size: python tests/benchmarks/sizes.py

GFLOP are those of one 30-frame 64x64 clip by the generator, two for a multiplication with its addition; optical flow,
warps and sums are not counted.
"""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from f2v_core.config import train_preset
from f2v_core.models.networks import build_networks

FRAMES, SIDE = 30, 64


def main() -> None:
    """Print a row for each."""
    print(f"{'':19}{'generator':>10}{'posterior':>11}{'critic':>8}{'GFLOP':>8}")
    for architecture in ("motion", "recurrent"):
        for model in ("cvae", "cgan"):
            for scale in ("S", "M", "L"):
                networks = build_networks(train_preset(model, architecture, scale))
                row = [
                    millions(networks.generator),
                    *map(millions, (networks.video_encoder, networks.discriminator)),
                ]
                told = f"{row[0]:>10}{row[1]:>11}{row[2]:>8}{gigaflop(networks.generator):8.2f}"
                print(f"{architecture:10}{model:6}{scale:3}{told}")


def millions(network: nn.Module | None) -> str:
    """How many weights, such as "1.28 M"."""
    return "-" if network is None else f"{sum(p.numel() for p in network.parameters()) / 1e6:.2f} M"


@torch.no_grad()
def gigaflop(generator: nn.Module) -> float:
    """Of one clip."""
    first, last = torch.rand(2, 1, 3, SIDE, SIDE)
    with FlopCounterMode(display=False) as counter:
        generator(first, last, torch.randn(1, 600), torch.linspace(0, 1, FRAMES))
    return float(counter.get_total_flops()) / 1e9


if __name__ == "__main__":
    main()
