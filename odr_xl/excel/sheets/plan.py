"""The Plan sheet: what to do, in order of weight, and the draft of a plan of action."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets.blocks import Block, finish_page, write_block, write_title
from odr_xl.excel.sheets.results import DAYS, DEFECTS
from odr_xl.excel.sheets.styles import Styles

#: The remedies together never fill more rows.
_ACTION_ROOM: Final = 46
ACTIONS: Final = Block(
    "Do this first",
    "",
    f"ODR_ACTIONS({DEFECTS},WindowStart,WindowEnd,Account,Lang)",
    5, 0, ("whole", "wrap", "whole", "share", "wrap", "wrap", "wrap"), _ACTION_ROOM,
)  # fmt: skip
#: The draft stands under the column of the actions: its text is as long as theirs. Nothing stands below it.
DRAFT: Final = Block(
    "Plan of action, a draft",
    "",
    f'ODR_PLAN({DEFECTS},{DAYS},WindowEnd+LagDays,IF(NoticeDate="","",NoticeDate),PlanDays,WindowDays,LagDays,Account,Lang)',
    ACTIONS.last + 3, 3, ("wrap", "wrap", "wrap"), 120,
)  # fmt: skip
BLOCKS: Final = (ACTIONS, DRAFT)


def write_plan(sheet: Any, styles: Styles) -> None:
    """Write the Plan sheet; its values come with the first calculation."""
    for column, width in enumerate((8, 26, 11, 24, 70, 60, 44)):
        sheet.set_column(column, column, width, styles["plain"])
    write_title(
        sheet,
        "Plan",
        "Root causes by weight, with what to do about each. The draft of a plan of action stands below: type the date "
        "of Amazon's notice on Settings.",
        styles,
    )
    sheet.write_url(2, 0, f"internal:'Plan'!D{DRAFT.row - 1}", styles["link"], "Go to the plan of action")
    for block in BLOCKS:
        write_block(sheet, block, styles)
    sheet.freeze_panes(2, 0)
    finish_page(sheet)
