"""From videos on disk to the batches that training reads."""
