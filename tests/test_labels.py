"""Every word has two languages, every rule and every sentence of the readers a Chinese text, and tables tell theirs."""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import odr_xl.labels as labels
from odr_xl import rules
from odr_xl.errors import InputError, Problem, UsageError
from odr_xl.excel import arguments
from odr_xl.labels import WORDS, error_text, language_named, language_of, problem_text, rule_text, say, word
from odr_xl.labels import problems as catalogue
from odr_xl.labels.rulings import RULINGS
from odr_xl.readers import decoding
from odr_xl.readers.headers import LAYOUTS

PACKAGE = Path(labels.__file__).parents[1]
RULES = {name: rule for name, rule in vars(rules).items() if isinstance(rule, rules.Rule)}
MODULES = {
    info.name: importlib.import_module(f"odr_xl.labels.{info.name}") for info in pkgutil.iter_modules(labels.__path__)
}
SUBJECTS = {name: dict(module.WORDS) for name, module in MODULES.items() if hasattr(module, "WORDS")}

#: What Chinese sellers write in Latin letters themselves, and names that are the same in every language.
LATIN = {
    "ODR", "SKU", "ASIN", "AFN", "MFN", "FBA", "FBM", "A-to-z", "Amazon", "Excel", "Listing", "ID", "N/A", "YYYY-MM-DD",
    "CSV", "UTF-8", "PDF", "HTML", "Power Query", "zip", "rar", "gzip", "7z", "GB", "txt", "tsv", "csv", "UTC",
    "America/Los_Angeles", "Europe/Berlin", "JSON", "XML", "performanceMetrics", "order-id", "order-date",
    "purchase-date", "Rating", "Days!A4", "Orders", "Feedback", "Claims", "Chargebacks", "Returns", "AccountHealth",
    "Defects", "Account Health", "Settings", "Python", "odr-xl doctor",
}  # fmt: skip
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
FORMULA_NAME = re.compile(r"\b[A-Z]+_[A-Z0-9_]+\b")


def english_words(text: str) -> list[str]:
    """English words in a Chinese text, but for those that Chinese sellers use, placeholders and quoted values."""
    text = re.sub(r"“[^”]*”|\{[^}]*\}", " ", text)
    text = FORMULA_NAME.sub(" ", text)
    for term in sorted(LATIN, key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z]){re.escape(term)}(?![A-Za-z])", " ", text)
    return LATIN_WORD.findall(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


# The words


def test_every_subject_is_joined_and_no_key_is_there_twice():
    times = Counter(key for words in SUBJECTS.values() for key in words)
    assert {key for key, count in times.items() if count > 1} == set()
    assert set(WORDS) == set(times)


@pytest.mark.parametrize("key", sorted(WORDS))
def test_word_has_two_texts_with_the_same_values_and_no_english_in_the_chinese_one(key):
    english, chinese = WORDS[key]
    assert english.strip()
    assert chinese.strip()
    assert placeholders(english) == placeholders(chinese)
    assert not is_chinese(english)
    assert english_words(chinese) == []


@pytest.mark.parametrize("key", sorted(key for key, texts in WORDS.items() if not placeholders(texts[0])))
def test_text_fits_a_cell_of_an_array(key):
    # Excel refuses an array whose texts are longer than 255 characters.
    assert max(map(len, WORDS[key])) <= 250


def _headers() -> Iterator[tuple[str, ...]]:
    """Tuples of words in the formulas: the header rows of their results, and other lists of words."""
    for path in sorted((PACKAGE / "excel" / "formulas").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Tuple | ast.List):
                keys = [item.value for item in node.elts if isinstance(item, ast.Constant)]
                if len(keys) == len(node.elts) >= 3 and all(isinstance(k, str) and k in WORDS for k in keys):
                    yield tuple(keys)


@pytest.mark.parametrize("keys", sorted(set(_headers())), ids=lambda keys: " ".join(keys)[:60])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_of_one_result_differ_so_that_its_columns_can_be_told_apart(keys, language):
    assert len({word(key, language).casefold() for key in keys}) == len(set(keys))


def test_sentence_is_filled_in_each_language():
    assert say("check_more", "en", count=7) == "… and 7 more."
    assert say("check_more", "zh", count=7) == "……另有 7 条。"


# The rules


def test_every_rule_has_a_chinese_text_of_its_own():
    assert {rule.text for rule in RULES.values()} == set(RULINGS)
    assert len(set(RULINGS.values())) == len(RULES)
    assert not set(RULINGS.values()) & set(RULINGS)


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_in_chinese_says_like_the_english_whether_it_counts(name):
    rule = RULES[name]
    chinese = rule_text(rule.text, "zh")
    assert is_chinese(chinese)
    assert english_words(chinese) == []
    assert rule_text(rule.text, "en") == rule.text
    # "Look at it" stands in a flagged rule only; what counts in the wider rate says so in the word of its column.
    assert ("请核对" in chinese) == ("check it" in rule.text)
    assert ("更广" in chinese) == (rule.counts == "returns") or rule is rules.COUNTS_UNKNOWN
    if rule.counts == "":
        assert not re.search(r"：(先)?计入", chinese)
    if "doesn't count" in rule.text or "not counted" in rule.text:
        assert re.search("[不未]计入", chinese)


def test_text_that_is_no_rule_stays_as_it_is():
    assert rule_text("talked to the buyer", "zh") == "talked to the buyer"


# The sentences of the readers, found in their code


#: What a value in a sentence is taken as here.
VALUE = "7"
#: Texts in the code that no seller sees, or that are only a part of a sentence which is tested below.
NOT_SHOWN = {
    "utf-8 and cp1252",
    "a quote that isn't closed has swallowed other lines",
    " and 7 more",
    "no headers",
    "7: the file 7. 7",
}
PLACE = re.compile(r"(7, )?(row|line) 7(, column 7)?")


def _texts(node: ast.AST) -> list[str]:
    """What a constant or an f-string can be, each of its values taken as `VALUE` or as the words chosen there."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        parts = [[part.value] if isinstance(part, ast.Constant) else [VALUE, *_chosen(part)] for part in node.values]
        return ["".join(combination) for combination in itertools.product(*parts)]
    return []


def _chosen(part: ast.AST) -> list[str]:
    """Words that an expression in braces may itself put into the sentence."""
    value = part.value if isinstance(part, ast.FormattedValue) else None
    options = value.values if isinstance(value, ast.BoolOp) else []
    options = [value.body, value.orelse] if isinstance(value, ast.IfExp) else options
    return [text for option in options for text in _texts(option)]


def _shown(tree: ast.AST) -> Iterator[str]:
    """Sentences in a syntax tree: texts of two words or more, docstrings aside."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "errors":
            continue  # what a cell should hold, see the test of terms
        if texts := _texts(node):
            yield from (t for t in texts if re.search(r"[a-z]{2,}", t) and " " in t and not PLACE.fullmatch(t))
        else:
            yield from _shown(node)


def _raised(tree: ast.AST) -> Iterator[ast.AST]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Raise))


def _sentences() -> dict[str, str]:
    """Every sentence in the code of the readers, and every error of arguments and events, to where it stands."""
    found: dict[str, str] = {}
    for path in sorted((PACKAGE / "readers").glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in tree.body:
            # `judge` knows names of headers only.
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name != "judge":
                found |= dict.fromkeys(_shown(node), path.name)
            # Sentences that stand above the functions begin with a capital and end with a full stop.
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                texts = [text for child in ast.walk(node.value) for text in _texts(child)]
                found |= {t: path.name for t in texts if re.fullmatch(r"[A-Z].* .* .*\.", t)}
    for path in (PACKAGE / "excel" / "arguments.py", PACKAGE / "excel" / "grouping.py", PACKAGE / "core" / "events.py"):
        for error in _raised(ast.parse(path.read_text("utf-8"))):
            found |= dict.fromkeys(_shown(error), path.name)
    found |= dict.fromkeys((reason for _, reason, _ in decoding._MAGIC), "decoding.py")
    return {text: place for text, place in found.items() if text not in NOT_SHOWN}


SENTENCES = _sentences()


def test_search_finds_sentences_of_every_form():
    # A return of a pair, a lambda, an f-string, a named constant, a raised error, a choice between two.
    for text in (
        "isn't a date between 7 and 7",
        "isn't a fulfilment channel",
        "the line has 7 of 7 columns, and 7 more lines too; the rest is taken as blank",
        "Take the line break or the tab out of the text, or download the report again.",
        "7: the zip has a password. Unpack it first.",
        "The range is blank. Select the cells of the report with its header row.",
        "is a PDF, not a report",
        "The first range holds 7, not orders. Give the orders first, then the 7.",
    ):
        assert text in SENTENCES


@pytest.mark.parametrize("text", sorted(SENTENCES))
def test_sentence_of_the_readers_has_a_chinese_text(text):
    chinese = error_text(InputError(text), "zh")
    assert is_chinese(chinese), f"{SENTENCES[text]}: no Chinese in odr_xl/labels/problems.py for: {text}"
    assert english_words(chinese) == []
    # No value of the sentence is lost.
    assert set(re.findall(r"\d+", chinese)) >= set(re.findall(r"\b7\b", text))


def test_catalogue_has_no_sentence_that_nobody_says():
    said = {part for text in (*SENTENCES, *NOT_SHOWN) for part in (text, re.sub("^7(, line 7)?: ", "", text))}
    for template in catalogue.PHRASES:
        text = Formatter().vformat(template, (), dict.fromkeys(placeholders(template), VALUE))
        # The names of headers in a refused header row come with words of their own.
        text = text.replace("7 and 7 more. ", "7. ").replace("no headers", VALUE)
        assert text in said


@pytest.mark.parametrize("text", sorted(catalogue.PHRASES))
def test_phrase_has_the_same_values_and_the_same_end_in_both_languages(text):
    chinese = catalogue.PHRASES[text]
    assert placeholders(text) - {"article"} == placeholders(chinese)
    assert is_chinese(chinese)
    assert english_words(chinese) == []
    assert text.endswith(".") == chinese.endswith("。")
    assert not re.search(r"[\u4e00-\u9fff][,;:?!.]", chinese), "Chinese has full stops and commas of its own"


def test_values_of_a_sentence_stand_at_their_own_places():
    assert catalogue.phrase_in_chinese("the line has 3 of 14 columns; the rest is taken as blank") == (
        "这一行只有 14 列中的 3 列；其余按空白处理"
    )
    refused = "The first range holds claims, not orders. Give the orders first, then the claims."
    assert catalogue.phrase_in_chinese(refused) == "第一个区域是索赔，不是订单。请先选择订单，再选择索赔。"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_any_numbers_are_found_again(count, width, more):
    text = f"the line has {count} of {width} columns, and {more} more lines too; the rest is taken as blank"
    chinese = catalogue.phrase_in_chinese(text)
    assert chinese is not None
    assert sorted(re.findall(r"\d+", chinese)) == sorted(map(str, (count, width, more)))


@pytest.mark.parametrize(
    "term",
    [
        *(layout.name for layout in LAYOUTS.values()),
        *LAYOUTS,
        *rules.CAUSES,
        *(f"{a}/{b}/{c}" for a, b, c in (("day", "month", "year"), ("month", "day", "year"), ("year", "month", "day"))),
        *(
            node.args[1].value
            for node in ast.walk(ast.parse((PACKAGE / "readers" / "tidy.py").read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "errors"
        ),
    ],
)
def test_name_that_stands_inside_a_sentence_has_a_chinese_word(term):
    assert is_chinese(catalogue.TERMS[term])
    assert english_words(catalogue.TERMS[term]) == []


@pytest.mark.parametrize(
    ("place", "chinese"),
    [
        ("Orders!C17", "Orders!C17"),
        ("'My orders'!B6", "'My orders'!B6"),
        ("row 2, column AB", "第 2 行 AB 列"),
        ("row 12", "第 12 行"),
        ("My orders, row 5", "My orders 第 5 行"),
        ("may.zip: orders, new.txt, line 17", "may.zip: orders, new.txt 第 17 行"),
        ("orders.txt", "orders.txt"),
    ],
)
def test_place_in_chinese(place, chinese):
    assert catalogue.place_in_chinese(place) == chinese


def test_problem_in_chinese_has_its_place_its_value_and_its_remedy():
    problem = Problem("row 2, column B", "1900-01-01", "isn't a date between 1995 and 2100", "Use YYYY-MM-DD.")
    assert problem_text(problem, "zh") == (
        "第 2 行 B 列：“1900-01-01”不是 1995 年至 2100 年之间的日期。请使用 YYYY-MM-DD 格式。"
    )
    assert problem_text(problem, "en") == str(problem)
    blank = Problem("Orders!A9", "", "the row has no order id", "Fill it in or delete the row.")
    assert problem_text(blank, "zh") == "Orders!A9：这一行没有订单号。请补上，或删除这一行。"


def test_long_value_is_shortened_alike_in_both_languages():
    problem = Problem("Orders!A9", "x" * 100, "isn't a number", "Type a number.")
    for language in ("en", "zh"):
        assert "x" * 57 + "…" in problem_text(problem, language)
        assert "x" * 58 not in problem_text(problem, language)


def test_what_the_catalogue_does_not_know_stays_english():
    assert problem_text(Problem("A1", "x", "is a unicorn", "Feed it."), "zh") == "A1：“x”is a unicorn。Feed it."
    assert error_text(InputError("orders.txt: is a unicorn"), "zh") == "orders.txt: is a unicorn"


# Which language


@pytest.mark.parametrize("text", ["zh", "ZH", " zh-CN ", "zh_cn", "zh-Hans", "简体中文", "中文", "Chinese"])
def test_language_may_be_written_in_several_ways(text):
    assert arguments.language(text, [["Order ID", "Order date"]]) == "zh"


@pytest.mark.parametrize("text", ["en", "EN", "English", "英文"])
def test_language_that_is_asked_for_wins_over_the_tables(text):
    assert arguments.language(text, [["订单号", "下单日期"]]) == "en"


@pytest.mark.parametrize("text", ["fr", "zho", "Deutsch", "日本語", "1", "en zh"])
def test_other_language_is_refused_with_the_choices(text):
    with pytest.raises(UsageError, match="Choose en or zh"):
        language_named(text)
    with pytest.raises(UsageError):
        arguments.language(text)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_language_is_that_of_the_first_table_with_chinese_headers(blank):
    english, chinese = [["Order ID", "Order date"]], [["订单号", "下单日期"]]
    assert arguments.language(blank, english, chinese) == "zh"
    assert arguments.language(blank, chinese, english) == "zh"
    assert arguments.language(blank, english, english) == "en"
    assert arguments.language(blank, None, "", [], [[]], "#REF!", 5.0) == "en"
    assert arguments.language(blank) == "en"


@pytest.mark.parametrize(
    "headers",
    [
        # Our own results in Chinese.
        ["订单号", "下单日期", "配送渠道", "站点", "SKU", "原因", "计入", "规则"],
        ["原因", "订单数", "比率", "占缺陷订单", "计入亚马逊ODR"],
        # Amazon's reports as a Chinese seller downloads them, and a seller's own table.
        ["日期", "评级", "评论", "您的回复", "订单编号", "购买者电子邮件"],
        ["订单编号", "购买日期", "订单状态", "配送渠道", "销售渠道", "数量"],
        ["订单号", "日期", "差评"],
        # Amazon's English report with two columns of the seller's own.
        ["amazon-order-id", "purchase-date", "差评", "备注"],
        [None, 5.0, "订单号", "原因"],
    ],
)
def test_chinese_headers_are_chinese_whoever_wrote_them(headers):
    assert language_of(headers) == "zh"


@pytest.mark.parametrize(
    "headers",
    [
        ["amazon-order-id", "purchase-date", "order-status"],
        ["Bestellnummer", "Kaufdatum", "Größe"],
        # One Chinese column in an English table may be anything.
        ["Order ID", "Order date", "备注"],
        # Japanese, in kanji alone and with kana.
        ["注文番号", "購入日", "数量", "商品名", "販売経路", "都道府県"],
        ["注文ID", "フルフィルメント", "出荷元"],
        ["評価日", "評価", "コメント", "返信", "注文番号", "評価者のEメール"],
        # Traditional Chinese isn't the Chinese that we write.
        ["訂單編號", "訂單日期", "訂單狀態", "數量"],
        ["日期", "評等", "您的回覆", "訂單編號"],
        [None, 5.0, ""],
    ],
)
def test_other_headers_are_english(headers):
    assert language_of(headers) == "en"


@pytest.mark.parametrize("keys", sorted(set(_headers())), ids=lambda keys: " ".join(keys)[:60])
def test_chinese_result_of_ours_is_known_as_chinese(keys):
    assert language_of([word(key, "zh") for key in keys]) == "zh"
    assert language_of([word(key, "en") for key in keys]) == "en"
