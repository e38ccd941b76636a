"""What a 30-frame clip of 64x64 pixels costs a trained model: time, arithmetic, and the floor that the machine sets.

Run it with `python tests/benchmarks/speed.py [MODEL]`, a model's name, its folder or a run folder. The floor is the
arithmetic at the rate of a large matrix product measured in the same process; where other programs use the machine
both get slower, so read the ratio, and the best time beside the median.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
import torch
from torch import Tensor, nn

from f2v_core.frames import FramePair, frame_times
from f2v_core.generators.learned import Learned
from f2v_core.generators.registry import resolve_model
from f2v_core.models.ends import find_ends
from f2v_core.models.generator import MotionGenerator
from f2v_core.models.motion import LAYERS, make_layers
from f2v_core.models.render import render
from f2v_core.models.tensors import to_frames, to_tensor
from f2v_core.models.view import View

FRAMES, SIDE, BATCH = 30, 64, 16
ROUNDS = 15
TARGET_MS = 60.0
MATRIX = 1024


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Milliseconds, (best, median), after two runs to warm up."""
    taken = []
    for _ in range(rounds + 2):
        start = perf_counter()
        work()
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        taken.append(1000 * (perf_counter() - start))
    return min(taken[2:]), median(taken[2:])


def matrix_rate(device: torch.device) -> float:
    """Multiply-adds a second of a product of two square float32 matrices, the best of several."""
    one, other = torch.rand(2, MATRIX, MATRIX, device=device)
    return MATRIX**3 / (timed(lambda: one @ other)[0] / 1000)


def network_arithmetic(network: nn.Module, work: Callable[[], object]) -> int:
    """Multiply-adds of all convolutions and linear layers while `work` runs."""
    total = 0

    def count(module: nn.Module, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        weight = module.weight
        assert isinstance(weight, Tensor)
        total += output.numel() * weight[0].numel()

    layers = [module for module in network.modules() if isinstance(module, nn.Conv2d | nn.Linear)]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    work()
    for hook in hooks:
        hook.remove()
    return total


def rendering_arithmetic(order: int) -> int:
    """Multiply-adds of `render`, counted from its formula; a bilinear reading is 4 for each channel and 8 for where."""
    place = order * 3 * (LAYERS + 1)  # E_k
    moved = 2 * ((8 + 4 * 2) + (8 + 4 * 4) + 3 * 2)  # two readings for each end, and their share
    frame = order * (2 + 3) + moved + 3 * 2  # sums over the functions of time, cross-fade
    return SIDE**2 * (place + FRAMES * frame)


def report(name: str, best: float, middle: float, floor: float | None = None) -> None:
    beyond = "" if floor is None else f"{best / floor:9.1f} x floor"
    print(f"  {name:34}{best:9.2f}{middle:9.2f}{beyond}")


def stages(generator: MotionGenerator, first: Tensor, last: Tensor, places: Tensor) -> float:
    """Print what each part of one clip takes and the arithmetic; give the floor in ms."""
    ends = find_ends(first, last)
    layers = make_layers(ends)
    view, noise = View(first, last, ends), first.new_zeros(len(first), generator.z_video)

    def infer() -> object:
        return generator.motion(view, noise)

    motion = generator.motion(view, noise)
    frames = render(ends, layers, motion, places)
    network, drawn = network_arithmetic(generator, infer), rendering_arithmetic(motion.basis.count)
    rate = matrix_rate(first.device)
    floor = 1000 * (network + drawn) / rate
    print(f"arithmetic: network {network / 1e6:.1f} + rendering {drawn / 1e6:.1f} million multiply-adds a clip; "
          f"matrix rate {rate / 1e9:.1f} G multiply-adds/s; floor {floor:.2f} ms")  # fmt: skip
    print(f"  {'part, ms':34}{'best':>9}{'median':>9}")
    report("optical flow both ways", *timed(lambda: find_ends(first, last)))
    report("layers", *timed(lambda: make_layers(ends)))
    report("network and prior", *timed(infer), 1000 * network / rate)
    report("rendering", *timed(lambda: render(ends, layers, motion, places)), 1000 * drawn / rate)
    report("to bytes", *timed(lambda: to_frames(frames)))
    return floor


def on_gpu(generator: MotionGenerator, places: Tensor) -> None:
    """Which of half precision, channels_last and compiling pay for a batch on the GPU; the flow stays on the CPU."""
    if not torch.cuda.is_available():
        print("no GPU here: bf16, channels_last and torch.compile were not measured")
        return
    first, last = torch.rand(2, BATCH, 3, SIDE, SIDE, device="cuda")
    view, times = View(first, last, find_ends(first, last)), places.cuda()
    noise = first.new_zeros(BATCH, generator.z_video)
    generator.cuda()

    def clips() -> Tensor:
        return generator.make(view, noise, times)

    def half() -> Tensor:
        with torch.autocast("cuda", torch.bfloat16):
            return clips()

    print(f"\nGPU {torch.cuda.get_device_name()}, a clip of a batch of {BATCH} without its flow, ms")
    exact = clips()
    compiled = torch.compile(clips)
    ways: list[tuple[str, Callable[[], Tensor]]] = [
        ("float32", clips),
        ("bf16", half),
        ("compiled", compiled),
    ]
    for name, way in ways:
        report(name, *(value / BATCH for value in timed(way)))
        print(f"    largest difference {255 * float((way() - exact).abs().max()):.2f} levels")
    generator.to(memory_format=torch.channels_last)
    report("channels_last", *(value / BATCH for value in timed(clips)))


@torch.inference_mode()
def main() -> None:
    """Print the parts, the whole clip against target and floor, and a batch."""
    model = Learned(resolve_model(sys.argv[1] if len(sys.argv) > 1 else "cvae"), "cpu")
    generator = model._generator
    if not isinstance(generator, MotionGenerator):
        sys.exit("A poster model has no parts to time; name one that corrects the cross-fade.")
    rng = np.random.default_rng(0)
    coarse = torch.from_numpy(rng.random((2, 3, 8, 8), np.float32))
    images = to_frames(nn.functional.interpolate(coarse, (SIDE, SIDE), mode="bicubic").clamp(0, 1))
    pair, times = FramePair(*images), frame_times(FRAMES).tolist()
    print(f"{torch.get_num_threads()} torch threads, {sum(p.numel() for p in generator.parameters()) / 1e6:.2f} "
          f"million weights, width {model.card.config.width}")  # fmt: skip
    first, last = (to_tensor(image)[None] for image in images)
    places = torch.tensor(times)
    floor = stages(generator, first, last, places)
    print(f"  {'whole clip, ms':34}{'best':>9}{'median':>9}   target {TARGET_MS:.0f} ms")
    report("one clip, as evaluation", *timed(lambda: model.clips(images[:1], images[1:], times, 0)), floor)
    report("one clip, as generating", *timed(lambda: list(model.frames(pair, times))), floor)
    many = [np.repeat(image[None], BATCH, axis=0) for image in images]
    batch = timed(lambda: model.clips(many[0], many[1], times, 0), 5)
    report(f"a clip of {BATCH} at once", *(value / BATCH for value in batch), floor)
    on_gpu(generator, places)


if __name__ == "__main__":
    main()
