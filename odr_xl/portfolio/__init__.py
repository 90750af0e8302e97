"""Many accounts: the same counts through Ibis, on DuckDB here or on an engine that is already there."""
