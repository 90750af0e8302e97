"""The workbook without Excel: recalculate it and write results in place, losing nothing."""
