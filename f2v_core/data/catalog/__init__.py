"""All videos, shards and clips of a dataset in the making, in a database on the disk."""
