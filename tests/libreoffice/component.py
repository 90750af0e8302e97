"""The Calc add-in, as it runs inside LibreOffice's own Python: each formula is a method that calls ours.

`addin.py` packs this file and fills in METHODS. Cells come as numbers, texts and, for a range, tuples of rows; blanks
are "", dates are serial numbers, an argument that was left out is None. One thing differs from Excel: a single blank
cell comes as 0.
"""

import datetime
import importlib
import os
import struct
import sys
import traceback

import unohelper
from com.sun.star.lang import XServiceInfo, XServiceName
from com.sun.star.sheet import XAddIn
from net.odrxl import XOdr

METHODS = {}  # method name -> [module, function name, [parameter names], gives rows]
NAME = "net.odrxl.AddIn"
EPOCH = datetime.datetime(1899, 12, 30)


def error_number(code):
    """Calc carries a cell error as the low half of a NaN: the only way to put one *into* an array."""
    return struct.unpack("<d", struct.pack("<Q", 0x7FF8_0000_0000_0000 | code))[0]


ERRORS = {"#N/A": error_number(32767), "#VALUE!": error_number(519), "#NUM!": error_number(503)}
ERRORS |= {"#DIV/0!": error_number(532), "#REF!": error_number(524), "#NAME?": error_number(525)}


ERROR_TEXTS = {struct.pack("<d", number): text for text, number in ERRORS.items()}


def to_excel(value):
    """What Excel would hand to the function: rows that know their place, blanks as None, errors as text."""
    if not hasattr(value, "getDataArray"):
        return None if value == "" else value
    from odr_xl.readers.blocks import Block

    rows = [[None if cell == "" else cell for cell in row] for row in _data(value)]
    area = value.RangeAddress
    return Block(rows, sheet=value.Spreadsheet.Name, row=area.StartRow + 1, column=area.StartColumn + 1)


def _data(cells):
    for y, row in enumerate(cells.getDataArray()):
        # Only a cell with an error has no value at all.
        yield [_error(cells.getCellByPosition(x, y)) if cell is None else cell for x, cell in enumerate(row)]


def _error(cell):
    return ERROR_TEXTS.get(struct.pack("<d", error_number(cell.getError())), "#VALUE!")


def to_calc(value):
    """A result as Calc takes it: dates as serial numbers, errors as their NaN, rows as tuples."""
    if isinstance(value, (list, tuple)):
        return tuple(tuple(to_calc(cell) for cell in row) for row in value)
    if value is None:
        return ""
    if isinstance(value, str):
        return ERRORS.get(value, value)
    if isinstance(value, datetime.datetime):
        return (value.replace(tzinfo=None) - EPOCH) / datetime.timedelta(days=1)
    return float(value)


def call(module, function, gives_rows, arguments):
    """Our function's result; when our code fails, its reason goes to a file that `office.py` reads."""
    for folder in reversed(os.environ.get("ODR_XL_PATH", "").split(os.pathsep)):
        if folder and folder not in sys.path:
            sys.path.insert(0, folder)
    try:
        wanted = getattr(importlib.import_module(module), function)
        result = to_calc(wanted(*map(to_excel, arguments)))
    except BaseException:
        with open(os.environ["ODR_XL_FAILURES"], "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{function}: {traceback.format_exc()}\n")
        result = ERRORS["#VALUE!"]
    return ((result,),) if gives_rows and not isinstance(result, tuple) else result


class AddIn(unohelper.Base, XAddIn, XOdr, XServiceName, XServiceInfo):
    def __init__(self, context):
        self.locale = None

    def getServiceName(self):
        return NAME

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):
        return ("com.sun.star.sheet.AddIn", NAME)

    def setLocale(self, locale):
        self.locale = locale

    def getLocale(self):
        return self.locale

    # XAddIn asks for these; Calc takes the same from CalcAddIns.xcu.
    def getProgrammaticFuntionName(self, shown):  # (the misspelling is the interface's)
        return next((method for method, (_, name, _, _) in METHODS.items() if name == shown), "")

    def getDisplayFunctionName(self, method):
        return METHODS[method][1] if method in METHODS else ""

    def getFunctionDescription(self, method):
        return ""

    def getDisplayArgumentName(self, method, number):
        return METHODS[method][2][number] if method in METHODS else ""

    def getArgumentDescription(self, method, number):
        return ""

    def getProgrammaticCategoryName(self, method):
        return "Add-In"

    def getDisplayCategoryName(self, method):
        return "Add-In"


for _method, (_module, _function, _, _rows) in METHODS.items():
    setattr(AddIn, _method, lambda self, *given, m=_module, f=_function, r=_rows: call(m, f, r, given))

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (LibreOffice looks for this name)
g_ImplementationHelper.addImplementation(AddIn, NAME, ("com.sun.star.sheet.AddIn", NAME))
