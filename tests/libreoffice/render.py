"""Pictures of a workbook's sheets, as LibreOffice draws them after calculating with our formulas.

usage: PYTHONPATH=. python tests/libreoffice/render.py WORKBOOK OUT_DIR [--rows 70] [--dpi 96]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from office import REMEDY, ROOT, Office, find_programs, open_office


def render(office: Office, workbook: Path, folder: Path, *, rows: int = 70, dpi: int = 96) -> list[Path]:
    """Write one PNG a visible sheet, ``1 Dashboard.png`` and so on; of a long sheet only the first ``rows`` rows.

    The PDF that they are made from stays beside them, as ``sheets.pdf``: its texts are what LibreOffice shows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        pdf = folder / "sheets.pdf"
        sheets = office.ask(workbook, pdf=pdf, rows=rows).pages
        subprocess.run(
            ["pdftoppm", "-png", "-r", str(dpi), str(pdf), str(Path(scratch, "page"))], check=True, timeout=300
        )
        pages = sorted(Path(scratch).glob("page-*.png"))
        if len(pages) != len(sheets):
            raise RuntimeError(f"{len(sheets)} sheets gave {len(pages)} pages: {sheets}")
        pictures = [folder / f"{number} {sheet}.png" for number, sheet in enumerate(sheets, start=1)]
        for page, picture in zip(pages, pictures, strict=True):
            picture.write_bytes(page.read_bytes())
    return pictures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("workbook", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=70)
    parser.add_argument("--dpi", type=int, default=96)
    given = parser.parse_args()
    programs = find_programs()
    if programs is None:
        sys.exit(REMEDY)
    sys.path.insert(0, str(ROOT))
    from odr_xl.excel.functions import FORMULAS

    with tempfile.TemporaryDirectory() as cache, open_office(FORMULAS, programs, Path(cache)) as office:
        for picture in render(office, given.workbook, given.folder, rows=given.rows, dpi=given.dpi):
            print(picture)


if __name__ == "__main__":
    main()
