"""The module `xlwings_udfs`: the call is xlwings' own, errors are Excel's own, and the help is in the text."""

import importlib
import io
import re
import sys
import types

import pytest
from vba_formulas import FORMULAS

from odr_xl.errors import UsageError
from odr_xl.excel.functions import FORMULAS as REAL_FORMULAS
from odr_xl.excel.functions import ODR_CHECK
from odr_xl.excel.vba.wrappers import function_help, stated_hash, wrapper_module, wrappers_hash

CALL = 'XLPy.CallUDF("odr_xl.excel.functions", "ODR", Array(orders, defects, start, finish, definition)'


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
