"""Amazon's files and cell ranges, read into tidy tables."""
