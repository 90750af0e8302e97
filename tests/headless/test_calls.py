"""Finding our calls in formulas. Expected pieces are read off the formulas by eye; forms as Excel stores them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_xl.headless.calls import expand_variables, find_calls, function_name, is_cell, replace_spans, tokens

NAMES = {"ODR", "DEFECT_BREAKDOWN", "DOUBLE"}

ARGUMENTS = [
    ("ODR()", ()),
    ("odr(A1:F9)", ("A1:F9",)),
    ('ODR(Days!A4#,,B3,B4,"amazon")', ("Days!A4#", "", "B3", "B4", '"amazon"')),
    ("ODR(_xlfn.ANCHORARRAY(A4))", ("_xlfn.ANCHORARRAY(A4)",)),
    ("ODR('O''Brien, (old)'!A1,2)", ("'O''Brien, (old)'!A1", "2")),
    ('ODR("a,""b(",{1,2;"x)",4})', ('"a,""b("', '{1,2;"x)",4}')),
    ("ODR(tbl[[#All],[a,b]:[c']]],1)", ("tbl[[#All],[a,b]:[c']]]", "1")),
    ("ODR(VSTACK(Orders!A1:F1,FILTER(a,b)),,B2-59,B2)", ("VSTACK(Orders!A1:F1,FILTER(a,b))", "", "B2-59", "B2")),
    ("_xldudf_ODR( A1 , B1 )", ("A1", "B1")),
    ("[1]!ODR(A1)", ("A1",)),
]


@pytest.mark.parametrize(("formula", "arguments"), ARGUMENTS)
def test_a_calls_arguments_are_split_at_its_own_commas(formula: str, arguments: tuple[str, ...]) -> None:
    (call,) = find_calls(formula, NAMES)
    assert (call.name, call.arguments, (call.start, call.end)) == ("ODR", arguments, (0, len(formula)))


@pytest.mark.parametrize(
    "formula",
    ['"ODR(A1)"', "MYODR(A1)", "ODR.X(A1)", "ODR", "'ODR(A1)'!B2", "tbl[ODR(A1)]", "ODR60", '{"ODR(A1)"}', "ODR(A1"],
)
def test_what_only_looks_like_a_call_is_none(formula: str) -> None:
    assert find_calls(formula, NAMES) == []


def test_inner_calls_come_before_the_call_that_holds_them() -> None:
    formula = "IFERROR(DOUBLE(DOUBLE(B2))+ODR(A1),0)"
    assert [formula[call.start : call.end] for call in find_calls(formula, NAMES)] == [
        "DOUBLE(B2)",
        "DOUBLE(DOUBLE(B2))",
        "ODR(A1)",
    ]


def test_a_call_knows_the_let_variables_before_it_and_not_those_after() -> None:
    first, second = find_calls("_xlfn.LET(_xlpm.a,1,_xlpm.b,ODR(_xlpm.a),_xlpm.c,3,DOUBLE(_xlpm.b))", NAMES)
    assert first.variables == (("_xlpm.a", "1"),)
    assert second.variables == (("_xlpm.a", "1"), ("_xlpm.b", "ODR(_xlpm.a)"), ("_xlpm.c", "3"))


def test_a_call_knows_the_lambda_parameters_around_it() -> None:
    (call,) = find_calls("MAP(A1:A3,LAMBDA(_xlpm.X,ODR(_xlpm.X)))", NAMES)
    assert call.parameters == {"_xlpm.x"}


def test_variables_are_replaced_with_brackets_where_they_need_them() -> None:
    # r*2 with r = a+1, a = B2 must not become B2+1*2.
    assert expand_variables('r*2+R2+"r"', [("a", "B2"), ("r", "a+1")]) == '(B2+1)*2+R2+"r"'
    assert expand_variables("r", [("r", "tblOrders[#All]")]) == "tblOrders[#All]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("XFD1048576", True), ("XFE1", False), ("A1048577", False), ("A0", False), ("A:XFD", True), ("1:5", True)],
)
def test_cells_end_where_excels_sheet_ends(text: str, expected: bool) -> None:
    # Excel's limits: 16,384 columns (XFD), 1,048,576 rows.
    assert is_cell(text) is expected


@pytest.mark.parametrize(
    ("formula", "kinds"),
    [
        ("A1:INDEX(B:B,2)", ["cell", "other", "function", "(", "cell", ",", "number", ")"]),
        ("Sheet1!rate*1.5E3", ["name", "other", "number"]),
        ("ABCD1+'x y'!$A$1#", ["name", "other", "cell", "#"]),
        ("[@[a b]]/tbl[n]", ["table", "other", "table"]),
        ("#N/A<>'x'!#REF!", ["error", "other", "error"]),
    ],
)
def test_words_have_the_kind_that_excel_gives_them(formula: str, kinds: list[str]) -> None:
    assert [word.kind for word in tokens(formula)] == kinds


def test_a_functions_name_loses_what_excel_stores_before_it() -> None:
    assert function_name("_xlfn._xlws.FILTER") == "FILTER"
    assert function_name("'my addin.xlam'!odr") == "ODR"


@given(st.text(alphabet="AODR1:$!'\"[](){},#@ .;<>=+xé_", max_size=60))
def test_words_join_to_the_same_text_however_broken_it_is(formula: str) -> None:
    assert "".join(word.text for word in tokens(formula)) == formula
    assert replace_spans(formula, []) == formula
    for call in find_calls(formula, NAMES):
        assert formula[call.start : call.end].upper().endswith(")")


LEAVES = st.sampled_from(
    ["A1", "$B$2:C9", "tbl[#All]", "tbl[[#All],[a]:[b]]", '"ODR(x)"', "1.5", "'O''Brien (ODR('!A1", "{1,2;3,4}", ""]
)


@st.composite
def planted(draw: st.DrawFn, depth: int = 3) -> tuple[str, int]:
    """A formula and how many of our calls were written into it."""
    if depth == 0:
        return draw(LEAVES), 0
    kind = draw(st.sampled_from(["leaf", "ours", "native", "sum"]))
    if kind == "leaf":
        return draw(LEAVES), 0
    parts = draw(st.lists(planted(depth - 1), min_size=1, max_size=3))
    inside, count = [text for text, _ in parts], sum(number for _, number in parts)
    if kind == "ours":
        return f"{draw(st.sampled_from(sorted(NAMES)))}({','.join(inside)})", count + 1
    if kind == "native":
        return f"{draw(st.sampled_from(['IF', 'SUM', '_xlfn.VSTACK']))}({','.join(inside)})", count
    return "+".join(f"({text})" for text in inside), count


@given(planted())
def test_exactly_the_planted_calls_are_found(formula_and_count: tuple[str, int]) -> None:
    formula, count = formula_and_count
    found = find_calls(formula, NAMES)
    assert len(found) == count
    for call in found:
        inside = formula[call.start : call.end]
        assert inside.startswith(call.name + "(") and inside.endswith(")")
        # Written anew from its arguments, the call is the same text.
        assert inside == f"{call.name}({','.join(call.arguments)})"
