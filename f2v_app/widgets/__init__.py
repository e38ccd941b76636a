"""Widgets that the pages are built from."""
