"""From one video to flagged, measured clips in a shard: what a worker does."""
