"""Where the committed workbooks are."""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "workbook"
WORKBOOK, LITE = FOLDER / "ODR.xlsm", FOLDER / "ODR-lite.xlsx"
