"""The workbook as code: one module a sheet, with the styles and charts that they share."""
