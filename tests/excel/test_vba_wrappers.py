"""The module `xlwings_udfs`: the call is xlwings' own, errors are Excel's own, and the help is in the text."""

import importlib
import io
import re
import sys
import types

import pytest
from pyopenvba.apps.excel import ExcelApplication
from vba_formulas import FORMULAS

from odr_xl.errors import UsageError
from odr_xl.excel.functions import FORMULAS as REAL_FORMULAS
from odr_xl.excel.functions import ODR_CHECK
from odr_xl.excel.vba.project import modules
from odr_xl.excel.vba.wrappers import function_help, stated_hash, wrapper_module, wrappers_hash

CALL = 'XLPy.CallUDF("odr_xl.excel.functions", "ODR", Array(orders, defects, start, finish, definition)'


def readable_by_the_interpreter(text):
    """VBA as pyOpenVBA's interpreter takes it: no attributes, no `Module.Name`, no comment after `#Const`."""
    text = re.sub(r"(?m)^Attribute .*$", "", text).replace("OdrErrors.", "")
    return text.replace(" 'Adjust when using outside of Excel", "")


@pytest.fixture
def excel():
    """A VBA interpreter with the module OdrErrors; pyOpenVBA's, since there is no Excel on a test machine."""
    application = ExcelApplication()
    application.add_workbook()
    text = next(each.source for each in modules(FORMULAS) if each.name == "OdrErrors")
    application.add_module(readable_by_the_interpreter(text), name="OdrErrors")
    return application


@pytest.fixture
def xlwings_udfs(monkeypatch):
    """xlwings' own generator, which only starts on Windows: four empty modules stand in for pywin32."""
    stand_ins = {name: types.ModuleType(name) for name in ("pythoncom", "pywintypes", "win32com", "win32com.client")}
    stand_ins["pythoncom"].CoInitialize = lambda: None
    stand_ins["pywintypes"].com_error = type("com_error", (Exception,), {})
    stand_ins["win32com.client"].Dispatch = None
    stand_ins["win32com"].client = stand_ins["win32com.client"]
    for name, module in stand_ins.items():
        monkeypatch.setitem(sys.modules, name, module)
    before = set(sys.modules)
    yield importlib.import_module("xlwings.udfs")
    for name in set(sys.modules) - before:
        del sys.modules[name]


def functions_of(text):
    """Every function's text, by its name, without the attribute lines."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if not line.startswith("Attribute ")]
    found = re.findall(r"^Function (\w+)\(.*?^End Function$", "\n".join(lines), re.DOTALL | re.MULTILINE)
    bodies = re.findall(r"^Function .*?^End Function$", "\n".join(lines), re.DOTALL | re.MULTILINE)
    return dict(zip(found, bodies, strict=True))


def test_the_wrappers_are_xlwings_own_but_for_the_errors(xlwings_udfs):
    # The expected text is what the installed xlwings writes on "Import Functions".
    python_module = types.ModuleType("odr_xl.excel.functions")
    for function in FORMULAS:
        copy = types.FunctionType(
            function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
        )
        setattr(python_module, function.__name__, xlwings_udfs.xlfunc(copy))
    written = io.StringIO()
    book = types.SimpleNamespace(Name="ODR.xlsm")
    xlwings_udfs.generate_vba_wrapper("odr_xl.excel.functions", python_module, written, book)
    theirs = functions_of(written.getvalue())
    ours = functions_of(wrapper_module(FORMULAS))
    assert set(ours) == {"ODR", "DEFECT_LEDGER", "ODR_TREND", "ODR_STATUS"}
    for name, text in ours.items():
        text = re.sub(r"OdrErrors\.ToCells\((.*)\)$", r"\1", text, flags=re.MULTILINE)
        text = text.replace(f'OdrErrors.Failed("{name}", Err.Description)', "Err.Description")
        assert text == theirs[name]


def test_xlwings_finds_every_function_under_its_own_name(xlwings_udfs):
    # `xw.func` takes the Python name, whatever else it is told; the wrapper must call that one.
    for function in FORMULAS:
        copy = types.FunctionType(function.__code__, {}, function.__name__, function.__defaults__)
        assert xlwings_udfs.xlfunc(copy).__xlfunc__["name"] == function.__name__


def test_an_argument_with_a_default_is_optional_and_one_without_is_not():
    text = wrapper_module(FORMULAS)
    assert "Function ODR(orders, Optional defects, Optional start, Optional finish, Optional definition)\r\n" in text
    assert "Function ODR_STATUS(rate, Optional target, Optional warn)\r\n" in text


def test_the_caller_and_the_workbook_go_along_with_the_call():
    assert f"ODR = OdrErrors.ToCells({CALL}, ThisWorkbook, Application.Caller))\r\n" in wrapper_module(FORMULAS)


def test_another_python_module_can_be_named():
    assert 'XLPy.CallUDF("shop.rates", "ODR",' in wrapper_module(FORMULAS, module="shop.rates")
    with pytest.raises(UsageError, match="isn't the name of a Python module"):
        wrapper_module(FORMULAS, module='shop"); Kill("x')


def test_the_first_line_of_the_docstring_is_the_help_with_its_quotes_doubled():
    text = wrapper_module(FORMULAS)
    # Excel saves exactly these two lines below the header, after MacroOptions with a category of one's own: 20 follows
    # Excel's 19 ([MS-XLSB] 2.5.52; as in github.com/EszopiCoder/excel-rx-fx-library, VBComponents/modDM.bas).
    assert (
        "Function ODR_TREND(days, Optional finish, Optional points, Optional step_days, Optional window)\r\n"
        'Attribute ODR_TREND.VB_Description = "The rate over time; the ""target"" is in the last column."\r\n'
        'Attribute ODR_TREND.VB_ProcData.VB_Invoke_Func = " \\n20"\r\n'
    ) in text


def test_help_of_255_characters_passes_and_of_256_is_refused():
    def ODR(orders):
        pass

    ODR.__doc__ = "x" * 255
    assert f'VB_Description = "{"x" * 255}"' in wrapper_module([ODR])
    ODR.__doc__ = "x" * 256
    with pytest.raises(UsageError, match="The help of ODR has 256 characters"):
        wrapper_module([ODR])


@pytest.mark.parametrize(("text", "sentence"), [("", "has no docstring"), ("Rate ≤ 1 %", 'contains "≤"')])
def test_help_that_VBA_cannot_hold_is_refused(text, sentence):
    def ODR(orders):
        pass

    ODR.__doc__ = text
    with pytest.raises(UsageError, match=sentence):
        function_help(ODR)


def test_a_line_that_the_editor_cannot_take_is_refused():
    space = {}
    exec(f"def ODR({', '.join(f'argument_number_{i}' for i in range(60))}): 'Help.'", space)
    with pytest.raises(UsageError, match="1023 characters at most"):
        wrapper_module([space["ODR"]])


def test_the_module_has_CRLF_and_plain_letters_only():
    text = wrapper_module(FORMULAS)
    assert text.startswith('Attribute VB_Name = "xlwings_udfs"\r\n')
    assert "\n" not in text.replace("\r\n", "")
    assert text.isascii()


# -- The module's hash ----------------------------------------------------------------------------------------------


def test_the_module_states_the_hash_of_itself():
    text = wrapper_module(FORMULAS)
    assert re.fullmatch("[0-9a-f]{12}", stated_hash(text))
    assert stated_hash(text) == wrappers_hash(text)


def test_the_hash_changes_with_a_function_an_argument_and_the_python_module():
    def ODR_STATUS(rate, target=None, warn=None, account=None):
        """A word for the rate: healthy, at risk or over the target."""

    texts = [
        wrapper_module(FORMULAS),
        wrapper_module(FORMULAS[:-1]),
        wrapper_module((*FORMULAS[:-1], ODR_STATUS)),
        wrapper_module(FORMULAS, "shop.formulas"),
    ]
    assert len({wrappers_hash(text) for text in texts}) == len(texts)


def test_the_hash_stays_when_the_editor_changes_case_blanks_line_ends_and_help():
    text = wrapper_module(FORMULAS)
    edited = text.replace("orders", "Orders").replace("        ", "   ").replace("\r\n", "\n")
    edited = re.sub(r"(?m)^Attribute ODR\.VB_Description.*\n", "", edited)
    assert edited != text
    assert wrappers_hash(edited) == wrappers_hash(text)


def test_a_module_that_xlwings_wrote_itself_states_no_hash():
    lines = wrapper_module(FORMULAS).replace("OdrErrors.ToCells", "").splitlines()
    assert stated_hash("\n".join(line for line in lines if "WrappersHash" not in line)) == ""


def test_the_check_alone_is_given_the_hash_and_shows_no_such_argument():
    bodies = functions_of(wrapper_module(REAL_FORMULAS))
    assert [name for name, body in bodies.items() if "WrappersHash" in body] == ["ODR_CHECK"]
    head = bodies["ODR_CHECK"].split("\n")[0]
    assert head.endswith("Optional report, Optional lang)")
    assert bodies["ODR_CHECK"].count("report, lang, WrappersHash)") == 2


def test_xlwings_registers_the_check_without_the_argument_that_the_wrapper_fills(xlwings_udfs):
    copy = types.FunctionType(ODR_CHECK.__code__, ODR_CHECK.__globals__, "ODR_CHECK", None, ODR_CHECK.__closure__)
    copy.__signature__ = ODR_CHECK.__signature__
    names = [info["name"] for info in xlwings_udfs.xlfunc(copy).__xlfunc__["args"]]
    assert (names[0], names[-1], len(names)) == ("orders", "lang", 10)


# -- OdrErrors, run by pyOpenVBA's interpreter --------------------------------------------------------------------

# The numbers are those of Excel's XlCVError enumeration.
ERRORS = {"#N/A": 2042, "#VALUE!": 2015, "#NUM!": 2036, "#DIV/0!": 2007, "#REF!": 2023, "#NAME?": 2029, "#NULL!": 2000}


@pytest.mark.parametrize(("text", "number"), ERRORS.items())
def test_an_error_text_becomes_the_error_itself(excel, text, number):
    result = excel.run("ToCells", text)
    assert type(result).__name__ == "VBAErrorValue"
    assert str(result) == f"Error {number}"


@pytest.mark.parametrize("value", [0.0125, "OK", "", "#N/A ", "# of orders", "#n/a", True])
def test_a_value_that_is_no_error_stays_as_it_is(excel, value):
    assert excel.run("ToCells", value) == value


def test_errors_in_a_row_and_in_a_table_become_errors(excel):
    excel.add_module(
        """
        Function Row()
            Dim values(0 To 2) As Variant
            values(0) = "#N/A": values(1) = 1.5: values(2) = "#1"
            Row = ToCells(values)
        End Function
        Function Table()
            Dim values(0 To 1, 1 To 2) As Variant
            values(0, 1) = "rate": values(0, 2) = "#DIV/0!": values(1, 1) = Empty: values(1, 2) = "#NULL!"
            Table = ToCells(values)
        End Function
        """,
        name="Cases",
    )
    row = excel.run("Row")
    assert [str(value) for value in row] == ["Error 2042", "1.5", "#1"]
    table = excel.run("Table")
    assert [[str(value) for value in each] for each in table] == [["rate", "Error 2007"], ["None", "Error 2000"]]


@pytest.fixture
def workbook(excel):
    """The wrapper of ODR over a stand-in for xlwings, which answers with its second argument, or the first."""
    text = readable_by_the_interpreter(wrapper_module(FORMULAS))
    # The interpreter has no Application.Caller: this is a call from a cell.
    text = text.replace("TypeOf Application.Caller Is Range", "True").replace("Application.Caller", "Nothing")
    excel.add_module(text, name="xlwings_udfs")
    excel.add_module(
        """
        Public Function CallUDF(module, name, args, Optional book, Optional caller)
            If args(0) = "raise" Then Err.Raise 1000, , "the window is empty"
            If IsMissing(args(1)) Then CallUDF = args(0) Else CallUDF = args(1)
        End Function
        """,
        name="Stub",
        kind="class",
    )
    excel.add_module("Public Function XLPy()\n    Set XLPy = New Stub\nEnd Function\n", name="xlwings")
    return excel


def test_a_result_of_python_passes_through_the_wrapper(workbook):
    assert str(workbook.run("ODR", "#N/A")) == "Error 2042"
    assert workbook.run("ODR", "healthy") == "healthy"


def test_an_argument_that_is_left_out_reaches_python_as_missing(workbook):
    # xlwings turns VBA's Missing into the Python default (its call_udf, "missing").
    assert workbook.run("ODR", "first") == "first"
    assert workbook.run("ODR", "first", "second") == "second"


def test_an_exception_in_python_is_a_value_error_and_its_message_is_kept(workbook):
    assert workbook.run("LastError") == ""
    assert str(workbook.run("ODR", "raise")) == "Error 2015"
    assert workbook.run("LastError") == "ODR: the window is empty"
