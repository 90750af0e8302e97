"""The report to share: one page without a network and without scripts."""
