"""The files in the folder ``workbook``, built from code: the workbook filled with the sample reports."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from odr_xl.excel.refresh import refresh_workbook
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.samples.shop import sample_reports

#: The day that the sample reports were downloaded. Fixed, so that every build is the same file.
AS_OF: Final = date(2026, 11, 20)
WORKBOOK: Final = "ODR.xlsm"


def build_files(folder: Path) -> tuple[Path, ...]:
    """Build every file that the project ships ready-made, and return their paths.

    Two builds are the same bytes on one computer; with another version of zlib the parts are the same and the zip
    around them may differ.

    Parameters
    ----------
    folder : Path
        Made when it doesn't exist; files of the same names are replaced, and only once the new ones are complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Beside its final place, so that the last step is a rename on one disk.
    with tempfile.TemporaryDirectory(dir=folder) as name:
        shop = Path(name)
        reports = []
        for report, content in sample_reports(AS_OF).items():
            reports.append(shop / report)
            reports[-1].write_bytes(content)
        workbook = shop / WORKBOOK
        build_workbook(workbook)
        refresh_workbook(workbook, reports, as_of=AS_OF, backup=False)
        workbook.replace(folder / WORKBOOK)
    return (folder / WORKBOOK,)
