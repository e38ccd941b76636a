"""Figures that compare a generated clip with the real one."""
