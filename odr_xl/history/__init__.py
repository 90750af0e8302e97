"""The history: snapshots in one file that only grows."""
