"""Clips that another split has too: how they are found and dropped."""
