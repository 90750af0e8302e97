"""The files in the folder ``workbook``, built from code: the workbook in each language, with the sample reports.

Each is there twice: with macros for xlwings on Windows, and for xlwings Lite on Windows, the Mac and the web.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from odr_xl.excel.lite.workbook import finish_for_lite
from odr_xl.excel.refresh import refresh_workbook
from odr_xl.excel.sheets.template import build_workbook
from odr_xl.labels import Language
from odr_xl.samples.shop import sample_reports

#: The day that the sample reports were downloaded. Fixed, so that every build is the same file.
AS_OF: Final = date(2026, 11, 20)
#: File name of the workbook in each language.
WORKBOOKS: Final[Mapping[Language, str]] = MappingProxyType({"en": "ODR.xlsm", "zh": "ODR-zh.xlsm"})
#: File name of the workbook for xlwings Lite in each language.
LITE_WORKBOOKS: Final[Mapping[Language, str]] = MappingProxyType({"en": "ODR-lite.xlsx", "zh": "ODR-lite-zh.xlsx"})


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
        for language, file in WORKBOOKS.items():
            build_workbook(shop / file, language=language)
            refresh_workbook(shop / file, reports, as_of=AS_OF, backup=False)
        for language, file in LITE_WORKBOOKS.items():
            build_workbook(shop / file, language=language, door="lite")
            refresh_workbook(shop / file, reports, as_of=AS_OF, backup=False)
            finish_for_lite(shop / file)
        files = (*WORKBOOKS.values(), *LITE_WORKBOOKS.values())
        for file in files:
            (shop / file).replace(folder / file)
    return tuple(folder / file for file in files)
