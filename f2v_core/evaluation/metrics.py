"""Figures that compare a generated clip with the real one."""

from f2v_core.data.cutting.measures import (
    l2_distance,  # there, because each clip of a dataset is measured with it
)

__all__ = ["l2_distance"]
