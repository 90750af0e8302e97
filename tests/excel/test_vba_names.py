"""Names that VBA or Excel can't have are refused when the workbook is built, and the others pass."""

import pytest

from odr_xl.errors import UsageError
from odr_xl.excel.vba.names import RESERVED, check_function, check_functions, check_module, is_cell_address


def formula(name, parameters="orders"):
    """A function of any name and parameters, as the source of a module would define it."""
    space = {}
    exec(f"def {name}({parameters}): 'Help.'", space)
    return space[name]


# Arguments of the real formulas, and a few names that merely look like keywords. MS-VBAL 3.3.5.2 reserves none.
@pytest.mark.parametrize(
    "name", ["orders", "step", "window", "column", "top", "days", "finish", "date1", "end_date", "mod_"]
)
def test_an_argument_that_is_no_keyword_passes(name):
    check_function(formula("ODR", name))
    assert name not in RESERVED


# One or more of every group of MS-VBAL 3.3.5.2, and two words that begin a statement of their own (Name, Property).
KEYWORDS = """
    end type next to loop sub date len string Long like nothing optional rem input array decimal vb_name Name
    property stop LongPtr cverr me spc mod"""


@pytest.mark.parametrize("name", KEYWORDS.split())
def test_an_argument_named_like_a_keyword_is_refused(name):
    with pytest.raises(UsageError, match=f'argument of ODR, "{name}" has the name of a VBA keyword'):
        check_function(formula("ODR", name))


def test_the_keywords_are_all_those_of_the_specification():
    # Counted in MS-VBAL 3.3.5.2, a word of two groups in the first: 67 statement keywords and Rem; 17 of 20 markers
    # (Case, Else, Write); 11 of 12 operators (New); 32 of 27 reserved names and 7 special forms (Input, Scale);
    # 10 of 12 types (Date, String); 5 literals; 26 for implementations; 3 for the future. The rest is ours.
    ours = {"class", "error", "line", "mid", "midb", "name", "object", "property", "width"}
    assert ours < RESERVED
    assert len(RESERVED - ours) == 67 + 1 + 17 + 11 + 32 + 10 + 5 + 26 + 3


# XFD1048576 is a sheet's last cell; R1C1 addresses are read in any case and without numbers.
@pytest.mark.parametrize("name", ["ODR60", "LSR4", "A1", "xfd1048576", "R1C1", "r", "C", "RC", "R5", "c12", "R1C"])
def test_a_function_named_like_a_cell_is_refused(name):
    assert is_cell_address(name)
    with pytest.raises(UsageError, match="name of a cell"):
        check_function(formula(name))


@pytest.mark.parametrize("name", ["ODR", "XFE1", "A1048577", "ODR_60", "ABCD1", "A0", "RATE", "R1C1_", "A01048577"])
def test_a_function_that_is_no_cell_passes(name):
    assert not is_cell_address(name)
    check_function(formula(name))


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("_x", "starts with an underscore"),
        ("größe", "VBA takes only A-Z"),
        ("odr", "its function's own name"),
        ("ODR", "its function's own name"),
        ("orders, Orders", "there twice"),
        ("caller", "would hide a name"),
        ("Range", "would hide a name"),
        ("err", "would hide a name"),
        ("*orders", "must be a plain one"),
        ("**orders", "must be a plain one"),
        ("orders, *, start=None", "must be a plain one"),
        ("o" * 256, "has 256 characters"),
    ],
)
def test_an_argument_that_VBA_cannot_have_is_refused_with_a_reason(parameters, sentence):
    with pytest.raises(UsageError, match=sentence):
        check_function(formula("ODR", parameters))


def test_an_argument_of_255_characters_passes():
    check_function(formula("ODR", "o" * 255))  # MS-VBAL 3.3.5: 255 at most


@pytest.mark.parametrize("name", ["_ODR", "Sub", "Date", "Ödr"])
def test_a_function_that_VBA_cannot_have_is_refused(name):
    with pytest.raises(UsageError, match=f'The function "{name}"'):
        check_function(formula(name))


def test_a_build_without_functions_is_refused():
    with pytest.raises(UsageError, match="Give at least one"):
        check_functions([])


def test_two_functions_that_differ_in_case_only_are_refused():
    with pytest.raises(UsageError, match='The function "odr" is there twice'):
        check_functions([formula("ODR"), formula("odr", "days")])


def test_a_function_with_the_name_of_a_module_is_refused():
    with pytest.raises(UsageError, match='"ODRBUTTONS" has the name of "OdrButtons"'):
        check_functions([formula("ODRBUTTONS")], taken=["OdrButtons"])


def test_a_module_name_of_32_characters_is_refused():
    check_module("M" * 31)  # MS-CFB 2.6.1: 32 UTF-16 characters with the closing zero
    with pytest.raises(UsageError, match="31 at most"):
        check_module("M" * 32)
