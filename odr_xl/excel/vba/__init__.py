"""The workbook's VBA project, from text: the formulas' wrappers, the buttons, xlwings' own modules."""

from odr_xl.excel.vba.project import vba_project
from odr_xl.excel.vba.wrappers import wrapper_module

__all__ = ["vba_project", "wrapper_module"]
