"""Excel formulas that compute an Amazon seller's Order Defect Rate, its causes and its trend."""

__version__ = "0.1.0"
