"""The arithmetic: pandas and numpy only; no files, no Excel, no clock."""
