"""The workbook for xlwings Lite: the same sheets and formulas, with Python inside the file."""
