"""Procedural scenes: clips to train on with no data at all, each a small simulated world filmed by a camera."""

from f2v_core.data.scenes.catalogue import SCENES, check_scenes, make_scene

__all__ = ["SCENES", "check_scenes", "make_scene"]
