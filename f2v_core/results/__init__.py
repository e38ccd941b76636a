"""Finished clips that are kept: found again by what they were made of, within a budget of disk."""
