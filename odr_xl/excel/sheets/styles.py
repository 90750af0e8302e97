"""How the workbook looks: one font, one palette, and every cell style by its name."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

#: Excel on Windows and Mac has it, and its free twins have the same widths, so a column fits everywhere.
FONT: Final = "Arial"

#: Colours that people with any colour vision can tell apart (Okabe and Ito, 2008), with a dark and a light partner.
BLUE, BLUE_DARK, BLUE_LIGHT = "#0072B2", "#00466E", "#DDEBF5"
ORANGE, ORANGE_DARK, ORANGE_LIGHT = "#E69F00", "#6B4700", "#FCEBC8"
VERMILLION, VERMILLION_DARK, VERMILLION_LIGHT = "#D55E00", "#7F3300", "#F9DCCB"
INK, GREY, RULE, PANEL, WHITE = "#1F2933", "#5F6B76", "#D5DAE0", "#F3F5F7", "#FFFFFF"

#: Bars behind counts; dark figures stay readable on their colour.
DATA_BAR: Final = MappingProxyType(
    {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": "#9CC7E4",
        "data_bar_2010": True,
        "min_type": "num",
        "min_value": 0,
    }
)

#: Properties that every style starts from. A font scheme would let Excel put the theme's font in its place.
BASE: Final = MappingProxyType({"font_name": FONT, "font_size": 10, "font_scheme": "none", "font_color": INK})

DATE, PERCENT, SHARE, WHOLE, TEXT, LIFT = "yyyy-mm-dd", "0.00%", "0%", "#,##0", "@", '0.0"×"'

_TILE: Final = {"bg_color": PANEL, "left": 5, "left_color": WHITE, "valign": "vcenter", "indent": 1}
_INNER: Final = {"bg_color": PANEL, "valign": "vcenter"}
_BAND: Final = {"bold": True, "font_color": WHITE, "bg_color": BLUE_DARK, "valign": "vcenter", "text_wrap": True}

#: Style name to its properties, as XlsxWriter names them.
STYLES: Final[MappingProxyType[str, dict[str, Any]]] = MappingProxyType(
    {
        "plain": {},
        "title": {"font_size": 22, "bold": True, "valign": "vcenter"},
        "sheet_title": {"font_size": 16, "bold": True, "valign": "vcenter"},
        "hint": {"font_color": GREY, "valign": "vcenter"},
        "hint_lines": {"font_color": GREY, "valign": "top", "text_wrap": True},
        "hint_wrapped": {"font_color": GREY, "valign": "top", "text_wrap": True, "font_size": 9},
        "section": {"font_size": 12, "bold": True, "valign": "vcenter"},
        "link": {"font_color": BLUE, "underline": 1, "valign": "vcenter"},
        # tiles at the top of the dashboard
        "tile_label": _TILE | {"font_color": GREY, "font_size": 9},
        "tile_percent": _TILE | {"font_size": 28, "bold": True, "num_format": PERCENT, "align": "left"},
        "tile_whole": _TILE | {"font_size": 20, "bold": True, "num_format": WHOLE, "align": "left"},
        "tile_target": _TILE | {"font_size": 16, "bold": True, "num_format": PERCENT, "align": "left"},
        "tile_date": _TILE | {"font_size": 14, "bold": True, "num_format": DATE, "align": "left"},
        # inside a tile that has several cells in a row: no rule between them
        "inner_date": _INNER | {"font_size": 14, "bold": True, "num_format": DATE, "align": "left"},
        "inner_day": _INNER | {"font_color": GREY, "font_size": 9, "num_format": DATE, "align": "left"},
        "inner_note": _INNER | {"font_color": GREY, "font_size": 9},
        "tile_word": _TILE | {"font_size": 14, "bold": True},
        "tile_note": _TILE | {"font_color": GREY, "font_size": 9},
        "tile_link": _TILE | {"font_color": BLUE, "font_size": 9, "underline": 1},
        "tile_alert": _TILE | {"font_size": 10, "bold": True},
        # the status tile is one panel: no rule between its cells
        "panel": {"bg_color": PANEL},
        # blocks of results
        "head": {"bold": True, "font_color": GREY, "font_size": 9, "bottom": 1, "bottom_color": GREY,
                 "text_wrap": True, "valign": "bottom", "align": "left"},
        "head_right": {"bold": True, "font_color": GREY, "font_size": 9, "bottom": 1, "bottom_color": GREY,
                       "text_wrap": True, "valign": "bottom", "align": "right"},
        "head_note": {"bold": True, "font_color": GREY, "font_size": 9, "bottom": 1, "bottom_color": GREY,
                      "valign": "bottom", "align": "left", "indent": 1},
        "text": {"valign": "vcenter"},
        "whole": {"num_format": WHOLE, "align": "right", "valign": "vcenter"},
        "percent": {"num_format": PERCENT, "align": "right", "valign": "vcenter"},
        "date_right": {"num_format": DATE, "align": "right", "valign": "vcenter"},
        "share": {"num_format": SHARE, "align": "right", "valign": "vcenter"},
        "lift": {"num_format": LIFT, "align": "right", "valign": "vcenter", "font_color": GREY},
        "interval": {"num_format": PERCENT, "align": "right", "valign": "vcenter", "font_color": GREY},
        "note": {"valign": "vcenter", "font_color": GREY, "indent": 1},
        "wrapped": {"text_wrap": True, "valign": "top"},
        "right": {"valign": "vcenter", "align": "right"},
        # sheets
        "band": _BAND,
        "band_right": _BAND | {"align": "right", "indent": 1},
        "column_text": {"num_format": TEXT},
        "column_date": {"num_format": DATE, "align": "left"},
        "column_whole": {"num_format": WHOLE, "align": "right", "indent": 1},
        "column_percent": {"num_format": PERCENT, "align": "right", "indent": 1},
        "column_share": {"num_format": SHARE, "align": "right", "indent": 1},
        "column_lift": {"num_format": LIFT, "align": "right", "indent": 1},
        "column_number": {"num_format": "0.0", "align": "right", "indent": 1},
        "column_wrap": {"text_wrap": True, "valign": "top"},
        "column_rank": {"align": "left"},
        "column_plain": {},
        # blocks of results: a text after a number keeps a distance
        "block_text": {"num_format": TEXT, "indent": 1},
        # rows of several lines
        "top_text": {"num_format": TEXT, "valign": "top"},
        "top_plain": {"valign": "top"},
        "formula": {"num_format": TEXT, "valign": "top", "text_wrap": True},
        "top_wrap": {"text_wrap": True, "valign": "top", "indent": 1},
        "top_rank": {"align": "left", "valign": "top"},
        "top_date": {"num_format": DATE, "align": "left", "valign": "top", "indent": 1},
        "top_whole": {"num_format": WHOLE, "align": "right", "indent": 1, "valign": "top"},
        "top_percent": {"num_format": PERCENT, "align": "right", "indent": 1, "valign": "top"},
        "top_share": {"num_format": SHARE, "align": "right", "indent": 1, "valign": "top"},
        "band_text": _BAND | {"indent": 1},
        "band_date": _BAND | {"num_format": DATE, "align": "right", "indent": 1},
        # settings
        "figure": {"valign": "top", "bold": True, "align": "left", "num_format": PERCENT},
        "label": {"valign": "top", "bold": True},
        "explained": {"valign": "top", "text_wrap": True, "font_color": GREY},
        **{
            f"typed_{kind}": {"num_format": form, "align": "left", "valign": "top", "border": 1, "locked": False,
                              "border_color": BLUE, "bg_color": BLUE_LIGHT}
            for kind, form in (("date", DATE), ("whole", "0"), ("percent", PERCENT), ("text", TEXT), ("number", "0.0"),
                               ("account", TEXT), ("language", TEXT))
        },
        "worked_date": {"num_format": DATE, "align": "left", "valign": "top", "border": 1, "border_color": RULE},
        # conditional
        "if_filled": {"bottom": 1, "bottom_color": RULE},
        "if_total": {"bold": True},
        "if_fraction": {"num_format": PERCENT},
        "if_error": {"font_color": GREY},
        "if_healthy": {"bg_color": BLUE_LIGHT, "font_color": BLUE_DARK},
        "if_at_risk": {"bg_color": ORANGE_LIGHT, "font_color": ORANGE_DARK},
        "if_over_target": {"bg_color": VERMILLION_LIGHT, "font_color": VERMILLION_DARK},
        "edge_healthy": {"bg_color": BLUE},
        "edge_at_risk": {"bg_color": ORANGE},
        "edge_over_target": {"bg_color": VERMILLION},
        "word_at_risk": {"bold": True, "font_color": ORANGE_DARK, "bg_color": ORANGE_LIGHT},
        "word_over_target": {"bold": True, "font_color": VERMILLION_DARK, "bg_color": VERMILLION_LIGHT},
    }
)  # fmt: skip

#: A conditional format holds only what it changes: Excel repairs a file with a font's name in one.
_CONDITIONAL: Final = ("if_", "edge_", "word_")


class Styles:
    """The styles of one workbook, each made when it is first asked for.

    Examples
    --------
    >>> import io, xlsxwriter
    >>> styles = Styles(xlsxwriter.Workbook(io.BytesIO(), WORKBOOK_OPTIONS))
    >>> styles["percent"] is styles["percent"]
    True
    """

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            base = {} if name.startswith(_CONDITIONAL) else dict(BASE)
            self._made[name] = self._workbook.add_format(base | STYLES[name])
        return self._made[name]


#: Options of the workbook itself, so that a cell without a style has the same font. Formulas and links are written
#: where they are meant, never guessed from a text.
WORKBOOK_OPTIONS: Final = MappingProxyType(
    {
        "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": "none"},
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
)


#: How the comments on headers look.
COMMENT: Final = MappingProxyType({"font_name": FONT, "font_size": 9, "width": 230, "color": "#FFFFFF"})


def band(kind: str) -> str:
    """Style of the header above a column of a kind: to the right above numbers."""
    return "band_right" if kind in ("whole", "percent", "share", "lift", "number") else "band"


def chart_font(size: float = 9, **more: Any) -> dict[str, Any]:
    """Font of a chart's text; without it a chart takes the theme's."""
    return {"name": FONT, "size": size, "color": GREY, "bold": False} | more
