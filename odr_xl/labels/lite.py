"""What the workbook for xlwings Lite says in other words: it has no buttons, and its Python is an add-in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Text of the workbook with macros, in English, to the English and the Chinese text in its place; "" for a button.
INSTEAD: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Refresh…": ("", ""),
        "Folder…": ("", ""),
        "Recalculate": ("", ""),
        "3. Click Refresh… and choose the files, or Folder… for all of a folder. What is there "
        "already isn't added twice.": (
            "3. Copy the columns of each report into those of its sheet, below the rows that are there, and type the "
            "day on Settings.",
            "3. 把各报告的列复制到对应工作表的同名列中，接在已有的行下面，并在 Settings 中输入日期。",
        ),
        "Python, after Recalculate": ("xlwings Lite", "xlwings Lite"),
        "Without Python the cells keep the values of the last refresh.": (
            "Without the add-in the cells keep their last values.",
            "没有加载项时，单元格保留上次的数值。",
        ),
        "Click Refresh… and choose your reports": (
            "Copy your reports into the input sheets",
            "请把您的报告复制到输入工作表",
        ),
        "When a row fails, trust no number of its formula. Click Recalculate; if it still fails, send the row and the "
        "version above to whoever gave you this workbook.": (
            "When a row fails, trust no number of its formula. Restart xlwings Lite in its menu; if it still fails, "
            "send the row and the version above to whoever gave you this workbook.",
            "某一行未通过时，不要相信该公式的任何数字。请在 xlwings Lite 的菜单中重新启动；若仍未通过，请把该行和上方的"
            "版本号发给提供此工作簿的人。",
        ),
        "Today's date, or the day you look at. Type it; Refresh fills it in. It doesn't move by itself, so last "
        "month's workbook still shows last month.": (
            "Today's date, or the day you look at. Type it. It doesn't move by itself, so last month's workbook still "
            "shows last month.",
            "今天的日期，或您要查看的日期，请输入。它不会自己往后走，所以上个月的工作簿仍显示上个月。",
        ),
        "Seller Central: Reports > Fulfillment > All Orders. Click Refresh… on the Dashboard and choose the file, or "
        "paste its rows below. One row an item; the formulas count each order id once.": (
            "Seller Central: Reports > Fulfillment > All Orders. Copy its columns into those of the same name. One row "
            "an item; the formulas count each order id once.",
            "卖家平台：数据报告 > 配送 > 所有订单（Reports > Fulfillment > All Orders）。"
            "把报告的列复制到同名列。一个商品一行，公式按订单号去重。",
        ),
        "Seller Central: Reports > Inventory > Active Listings Report (Inventory > Inventory Reports). Choose the file "
        "with Refresh…, then fill in the last six columns from the product page. What is blank in a whole column isn't "
        "judged.": (
            "Seller Central: Reports > Inventory > Active Listings Report (Inventory > Inventory Reports). Copy its "
            "columns, then fill in the last six from the product page. What is blank in a whole column isn't judged.",
            "卖家平台：库存 > 库存报告 > 在售商品报告（Inventory > Inventory Reports > Active Listings Report）。"
            "复制报告的列，再从商品页面填写后六列。整列空白的项目不检查。",
        ),
        "Performance > Account Health: type what it prints, one row a number, or choose the seller performance report "
        "(JSON or XML) with Refresh…": (
            "Performance > Account Health: type what it prints, one row a number.",
            "绩效 > 账户状况（Performance > Account Health）：照抄页面上的数字，一个数字一行。",
        ),
        "Yours to fill in: a feedback that Amazon removed, the buyer withdrew, or Amazon struck through no longer "
        "counts. Refresh never overwrites this column.": (
            "Yours to fill in: a feedback that Amazon removed, the buyer withdrew, or Amazon struck through no longer "
            "counts.",
            "由您填写：亚马逊已移除、买家已撤回或亚马逊已划除的反馈不再计入。",
        ),
    }
)
