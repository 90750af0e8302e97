"""The charts: how the rate moved, what it is made of, which products weigh most, and how it goes on."""

from __future__ import annotations

from typing import Any, Final

from odr_xl.excel.sheets.results import TREND_ROWS
from odr_xl.excel.sheets.styles import BLUE, GREY, INK, ORANGE, RULE, VERMILLION, WHITE, chart_font
from odr_xl.rules import AMAZON_CAUSES, CAUSES

_TITLE: Final = chart_font(11, bold=True, color=INK)
_LINE: Final = {"color": RULE, "width": 0.75}


def trend_chart(workbook: Any) -> Any:
    """Lines of Amazon's rate, the wider rate and the target. They differ in dash and width too, not in colour alone."""
    first, last = TREND_ROWS
    chart = workbook.add_chart({"type": "line"})
    for name, column, line in (
        ("Amazon's rate", "D", {"color": BLUE, "width": 2.75}),
        ("Every cause", "E", {"color": ORANGE, "width": 1.75, "dash_type": "round_dot"}),
        ("Target", "F", {"color": VERMILLION, "width": 1.5, "dash_type": "dash"}),
        ("Warn from", "G", {"color": GREY, "width": 1, "dash_type": "long_dash_dot"}),
    ):
        chart.add_series(
            {
                "name": name,
                "categories": f"=Trend!$A${first}:$A${last}",
                "values": f"=Trend!${column}${first}:${column}${last}",
                "line": line,
            }
        )
    chart.set_title({"name": "Rate of the window that ended on each date", "name_font": _TITLE, "overlay": False})
    chart.set_x_axis(_dates())
    chart.set_y_axis(_numbers("0.0%"))
    chart.set_legend({"position": "bottom", "font": chart_font()})
    # A date whose window holds no order is #N/A: a gap, never a line drawn across it or down to 0.
    chart.show_na_as_empty_cell()
    chart.show_blanks_as("gap")
    return _framed(chart)


def volume_chart(workbook: Any) -> Any:
    """Columns of the orders in each window, and a line of Amazon's rate: whether it moved by defects or by orders."""
    first, last = TREND_ROWS
    dates = f"=Trend!$A${first}:$A${last}"
    chart = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "Orders",
            "categories": dates,
            "values": f"=Trend!$B${first}:$B${last}",
            "fill": {"color": RULE},
            "border": {"none": True},
            "gap": 30,
        }
    )
    line = workbook.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "Amazon's rate",
            "categories": dates,
            "values": f"=Trend!$D${first}:$D${last}",
            "line": {"color": BLUE, "width": 2.75},
            "y2_axis": True,
        }
    )
    chart.combine(line)
    chart.set_title({"name": "Orders in the window, and the rate", "name_font": _TITLE, "overlay": False})
    chart.set_x_axis(_dates())
    chart.set_y_axis(_numbers("#,##0"))
    line.set_y2_axis({"num_format": "0.0%", "num_font": chart_font(), "min": 0, "line": {"none": True}})
    chart.set_legend({"position": "bottom", "font": chart_font()})
    chart.show_na_as_empty_cell()
    chart.show_blanks_as("gap")
    return _framed(chart)


def place_volume_chart(workbook: Any, sheet: Any) -> None:
    """Put the orders and the rate beside the numbers on Trend."""
    chart = volume_chart(workbook)
    chart.set_size({"width": 620, "height": 360})
    sheet.insert_chart(f"I{TREND_ROWS[0]}", chart, {"object_position": 2, "description": VOLUME_ALT})


def cause_chart(workbook: Any, first: int) -> Any:
    """Bars of the orders with each cause; ``first`` is the Dashboard row of the first cause."""
    last = first + len(CAUSES) - 1
    solid = {"fill": {"color": BLUE}, "border": {"none": True}}
    striped = {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": ORANGE, "bg_color": WHITE},
        "border": {"color": ORANGE, "width": 1},
    }
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Orders",
            "categories": f"=Dashboard!$B${first}:$B${last}",
            "values": f"=Dashboard!$C${first}:$C${last}",
            "points": [solid if cause in AMAZON_CAUSES else striped for cause in CAUSES],
            "data_labels": {"value": True, "font": chart_font(9, color=INK, bold=True)},
            "gap": 45,
        }
    )
    chart.set_title(
        {"name": "Solid: in Amazon's rate. Striped: early warning only.", "name_font": chart_font(9), "overlay": False}
    )
    chart.set_y_axis({"reverse": True, "num_font": chart_font(9, color=INK), "line": _LINE, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "min": 0, "num_font": chart_font(), "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    return _framed(chart)


def pareto_chart(workbook: Any, sheet: str, first: int, last: int) -> Any:
    """Columns of the defective orders of each product, and a line of their running share."""
    chart = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "Defective orders",
            "categories": f"={sheet}!$A${first}:$A${last}",
            "values": f"={sheet}!$C${first}:$C${last}",
            "fill": {"color": BLUE},
            "border": {"none": True},
            "gap": 40,
        }
    )
    line = workbook.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "Running share",
            "categories": f"={sheet}!$A${first}:$A${last}",
            "values": f"={sheet}!$K${first}:$K${last}",
            "line": {"color": ORANGE, "width": 2, "dash_type": "round_dot"},
            "marker": {"type": "circle", "size": 5, "fill": {"color": ORANGE}, "border": {"color": ORANGE}},
            "y2_axis": True,
        }
    )
    chart.combine(line)
    chart.set_title({"name": "Which products the defects come from", "name_font": _TITLE, "overlay": False})
    chart.set_x_axis({"num_font": chart_font(8, rotation=-45), "line": _LINE, "major_tick_mark": "none"})
    chart.set_y_axis(_numbers("0"))
    line.set_y2_axis({"num_font": chart_font(), "min": 0, "max": 1, "num_format": "0%", "line": {"none": True}})
    chart.set_legend({"position": "bottom", "font": chart_font()})
    return _framed(chart)


def forecast_chart(workbook: Any, first: int, last: int) -> Any:
    """Lines of the rate as known defects age out, its band, the estimate with defects to come, and the target."""
    chart = workbook.add_chart({"type": "line"})
    for name, column, line in (
        ("No further defect", "E", {"color": BLUE, "width": 2.75}),
        ("Fewer orders", "G", {"color": BLUE, "width": 0.75, "dash_type": "dash"}),
        ("More orders", "F", {"color": BLUE, "width": 0.75, "dash_type": "dash"}),
        ("Estimate with defects still to come", "H", {"color": ORANGE, "width": 2, "dash_type": "round_dot"}),
        ("Target", "I", {"color": VERMILLION, "width": 1.5, "dash_type": "dash"}),
    ):
        chart.add_series(
            {
                "name": name,
                "categories": f"=Forecast!$A${first}:$A${last}",
                "values": f"=Forecast!${column}${first}:${column}${last}",
                "line": line,
            }
        )
    chart.set_title({"name": "The rate in the next 75 days", "name_font": _TITLE, "overlay": False})
    chart.set_x_axis(_dates())
    chart.set_y_axis(_numbers("0.0%"))
    chart.set_legend({"position": "bottom", "font": chart_font()})
    chart.show_na_as_empty_cell()
    chart.show_blanks_as("gap")
    return _framed(chart)


def _dates() -> dict[str, Any]:
    """Axis of dates, with a mark every two weeks."""
    return {
        "date_axis": True,
        "num_format": "d mmm",
        "num_font": chart_font(),
        "line": _LINE,
        "major_unit": 14,
        "major_unit_type": "days",
        "major_tick_mark": "outside",
    }


def _numbers(form: str) -> dict[str, Any]:
    """Axis of numbers from 0 on, in a format."""
    return {
        "num_format": form,
        "num_font": chart_font(),
        "min": 0,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": _LINE},
    }


def _framed(chart: Any) -> Any:
    chart.set_chartarea({"border": {"color": RULE, "width": 0.75}, "fill": {"color": WHITE}})
    chart.set_plotarea({"fill": {"none": True}, "border": {"none": True}})
    return chart


#: What a screen reader says, since it can't see the lines.
TREND_ALT: Final = (
    "Line chart: Amazon's order defect rate and the wider rate for the window that ended on each date, with the "
    "target as a dashed line. The numbers are on the sheet Trend."
)
VOLUME_ALT: Final = (
    "Column chart: orders in the window that ended on each date, with a line of Amazon's order defect rate. The "
    "numbers are in the table beside it."
)
CAUSE_ALT: Final = (
    "Bar chart: orders with negative feedback, A-to-z claims, chargebacks, defect returns and defect cancellations in "
    "the window. The numbers are in the table Causes beside it."
)
PARETO_ALT: Final = (
    "Column chart: defective orders of each product, most first, with a line of their running share. The numbers are "
    "in the table Products beside it."
)
FORECAST_ALT: Final = (
    "Line chart: the order defect rate in the next 75 days as known defects leave the window, with a band for more or "
    "fewer orders, an estimate with defects still to come, and the target. The numbers are in the table below."
)
