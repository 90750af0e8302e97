"""The workbook's own VBA, run by pyOpenVBA's interpreter over a stand-in for xlwings: there is no Excel to run it.

Four things that the interpreter can't read are said otherwise, and nothing else: attribute lines are left out,
`OdrErrors.ToCells` loses the module's name, the comment behind `#Const` goes, and `Application.Caller`, which it
doesn't have, becomes a function of the stand-in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyopenvba.apps.excel import ExcelApplication

from odr_xl.excel.vba.project import modules

MISSING = "<missing>"

#: What xlwings' module `xlwings` offers to a wrapper, and what Excel does: it records the call and answers as told.
_STAND_IN = """
Private answering As String, text As String, fromCell As Boolean
Private calledModule As String, calledName As String, received As String, withBook As Boolean, withCaller As Boolean

Public Sub Prepare(ByVal how As String, ByVal what As String, ByVal cell As Boolean)
    answering = how: text = what: fromCell = cell
    calledModule = "": calledName = "": received = "": withBook = False: withCaller = False
End Sub

Public Function Caller()
    If fromCell Then Set Caller = ActiveSheet.Range("A1") Else Caller = "a macro"
End Function

Public Function XLPy()
    Set XLPy = New Server
End Function

Public Function Answer(ByVal module As String, ByVal name As String, args, book, cell)
    Dim i As Long
    calledModule = module: calledName = name
    For i = LBound(args) To UBound(args)
        If IsMissing(args(i)) Then
            received = received & "<missing>" & vbLf
        ElseIf VarType(args(i)) = vbString Then
            received = received & args(i) & vbLf
        Else
            received = received & "<no text>" & vbLf
        End If
    Next i
    withBook = (TypeName(book) = "Workbook")
    withCaller = (TypeName(cell) = "Range")
    Select Case answering
        Case "raise": Err.Raise 1000, "Python", text
        Case "text": Answer = text
        Case "number": Answer = 0.0125
        Case "row": Answer = Array("#N/A", 0.5, text, Empty)
        Case "table"
            Dim cells(0 To 1, 0 To 2) As Variant
            cells(0, 0) = "rate": cells(0, 1) = text: cells(0, 2) = True
            cells(1, 0) = "#N/A ": cells(1, 1) = 0.5: cells(1, 2) = text
            Answer = cells
    End Select
End Function

Public Function Told(ByVal what As String)
    Select Case what
        Case "module": Told = calledModule
        Case "name": Told = calledName
        Case "received": Told = received
        Case "book": Told = withBook
        Case "caller": Told = withCaller
    End Select
End Function
"""
_SERVER = """
Public Function CallUDF(module, name, args, Optional book, Optional cell)
    CallUDF = Answer(module, name, args, book, cell)
End Function
"""


def readable(text: str) -> str:
    """VBA as the interpreter takes it; the module's docstring says what is changed."""
    text = re.sub(r"(?m)^Attribute .*$", "", text).replace("OdrErrors.", "")
    text = text.replace(" 'Adjust when using outside of Excel", "")
    return text.replace("Application.Caller", "Caller()")


class Excel:
    """An interpreter with `OdrErrors`, the wrappers and the stand-in.

    Parameters
    ----------
    functions : sequence of callable
        The formulas.
    wrappers : str, optional
        Another text for `xlwings_udfs` than the one that the build writes.
    calls : str
        A further module.
    """

    def __init__(self, functions: Sequence[object], wrappers: str | None = None, calls: str = "") -> None:
        self.application = ExcelApplication()
        self.application.add_workbook()
        for module in modules(functions):
            if module.name in ("OdrErrors", "xlwings_udfs"):
                own = wrappers if wrappers is not None and module.name == "xlwings_udfs" else module.source
                self.application.add_module(readable(own), name=module.name)
        self.application.add_module(_STAND_IN, name="xlwings")
        self.application.add_module(_SERVER, name="Server", kind="class")
        if calls:
            self.application.add_module(calls, name="Calls")

    def call(
        self, name: str, *arguments: object, answer: str = "number", text: str = "", from_cell: bool = True
    ) -> object:
        """What a wrapper returns; `answer` and `text` are what the stand-in for Python does."""
        self.application.run("Prepare", answer, text, from_cell)
        return self.application.run(name, *arguments)

    def told(self, what: str) -> object:
        """What the stand-in recorded: module, name, book, caller."""
        return self.application.run("Told", what)

    @property
    def received(self) -> list[str]:
        """The arguments that reached Python, in their order; `MISSING` for one that was left out."""
        return str(self.told("received")).splitlines()

    @property
    def last_error(self) -> object:
        return self.application.run("LastError")
