"""The networks, and the one place where frames become tensors and tensors frames."""
