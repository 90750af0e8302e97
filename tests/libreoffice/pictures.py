"""A picture as a small grey thumbnail, and how far two thumbnails are apart.

Pixels differ between computers: another LibreOffice or another font smooths an edge elsewhere. The mean grey of a block
of some hundred pixels hardly does, and still tells a chart from an empty place.

usage: PYTHONPATH=. python tests/libreoffice/pictures.py [FOLDER]
draws both shops in both languages and renews what is stored in tests/libreoffice/layout; look at the pictures in FOLDER
before you commit.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

#: Stored thumbnails: one folder a shop and language, one picture a sheet.
LAYOUT = Path(__file__).with_name("layout")
#: Most blocks of a thumbnail, across and down, and fewest pixels of a block: a smaller one shows how edges are drawn.
BLOCKS, BLOCK_PIXELS = (64, 48), 12
#: Dots an inch at which the sheets are drawn: enough to read them.
DPI = 64
#: Two blocks differ when they are this many grey levels (of 255) apart, after both pictures were smoothed.
APART = 5.0
#: Two pictures differ when this share of their blocks does. LibreOffice 7.4 and 25.2 differ in at most 0.8 % of the
#: blocks of a sheet (bars behind numbers), a chart that is gone or has moved in 4 % and more.
SHARE = 0.02


@dataclass(frozen=True)
class Distance:
    """How far a picture is from the stored one: the share of blocks that differ, and where most."""

    share: float
    most: float
    place: tuple[float, float]

    @property
    def near(self) -> bool:
        """Whether the two look the same."""
        return self.share <= SHARE

    def __str__(self) -> str:
        across, down = self.place
        where = f"{across:.0%} across and {down:.0%} down"
        return f"{self.share:.1%} of its blocks, most at {where} ({self.most:.0f} grey levels)"


def thumbnail(picture: Path, blocks: tuple[int, int] | None = None) -> Image.Image:
    """A picture's mean grey a block; ``blocks`` is how many across and down."""
    with Image.open(picture) as image:
        grey = image.convert("L")
    across, down = (max(1, min(most, side // BLOCK_PIXELS)) for most, side in zip(BLOCKS, grey.size, strict=True))
    return grey.resize(blocks or (across, down), Image.Resampling.BOX)


def distance(stored: Image.Image, drawn: Image.Image) -> Distance:
    """How far two thumbnails are apart; a line of text that moved by a pixel counts little, a block that moved much."""
    one, other = (np.asarray(image.filter(ImageFilter.BoxBlur(1)), dtype=float) for image in (stored, drawn))
    apart = np.abs(one - other)
    down, across = np.unravel_index(int(apart.argmax()), apart.shape)
    place = (float(across + 0.5) / apart.shape[1], float(down + 0.5) / apart.shape[0])
    return Distance(float((apart > APART).mean()), float(apart.max()), place)


def sheet_name(picture: Path) -> str:
    """``2 Dashboard.png`` is the picture of Dashboard."""
    return picture.stem.partition(" ")[2]


def changes(pictures: list[Path], folder: Path) -> list[str]:
    """A sentence for each sheet that doesn't look as stored, is new, or is gone."""
    stored = {path.stem: path for path in folder.glob("*.png")}
    drawn = {sheet_name(picture): picture for picture in pictures}
    found = [f"{sheet} is no longer drawn." for sheet in stored.keys() - drawn.keys()]
    for sheet, picture in drawn.items():
        if sheet not in stored:
            found.append(f"{sheet} has no stored picture.")
            continue
        with Image.open(stored[sheet]) as before:
            far = distance(before, thumbnail(picture, before.size))
        if not far.near:
            found.append(f"{sheet} differs from its stored picture: {far}. See {picture}.")
    return found


def store(pictures: list[Path], folder: Path) -> None:
    """Put the thumbnails of these pictures in place of the stored ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for picture in pictures:
        thumbnail(picture).save(folder / f"{sheet_name(picture)}.png", optimize=True)


def main() -> None:
    from office import REMEDY, find_programs, open_office
    from render import render
    from shops import BOOKS, refreshed_workbook

    from odr_xl.excel.functions import FORMULAS

    programs = find_programs()
    if programs is None:
        sys.exit(REMEDY)
    with tempfile.TemporaryDirectory() as scratch, open_office(FORMULAS, programs, Path(scratch, "cache")) as office:
        kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch, "pictures")
        for name, (orders, language) in BOOKS.items():
            workbook = refreshed_workbook(orders(), language, Path(scratch, name))
            pictures = render(office, workbook, kept / name, dpi=DPI)
            store(pictures, LAYOUT / name)
            print(f"{name}: {len(pictures)} sheets")


if __name__ == "__main__":
    main()
