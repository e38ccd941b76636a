"""The process that runs torch, and the typed channel to it."""
