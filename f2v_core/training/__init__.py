"""Objectives, steps and the training loop, an iterator of events."""
