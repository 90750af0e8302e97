"""The formulas that Excel calls, and the workbook as code."""
