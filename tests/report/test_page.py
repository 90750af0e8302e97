"""The page as text: its numbers, what it keeps back, what it can't be made to run, and that it needs nothing else."""

import re
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from report_shops import AS_OF, ATTACKS, PERSONAL, contents_of, order_id, write_orders

from odr_xl import rules
from odr_xl.core.window import Window
from odr_xl.errors import UsageError
from odr_xl.report.contents import DAYS_BACK, report_contents
from odr_xl.report.markup import element, page_text, shown_name
from odr_xl.report.page import MOST_ACCOUNTS, MOST_PRODUCTS, MOST_ROOTS, report_page
from odr_xl.report.wording import Wording
from odr_xl.sources import read_sources
from odr_xl.summary import ledger_of

SHOPS = ("sample", "hostile", "full")
EVERY = [(shop, language) for shop in SHOPS for language in ("en", "zh")]


def values(tree, name, inside="//body"):
    """Unrounded values of the numbers with a name, in the order of the page."""
    return [found.get("value") for found in tree.xpath(f'{inside}//data[@data-name="{name}"]')]


# Numbers


@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_numbers_of_the_page_are_those_of_the_summary(shop, language, contents, pages):
    tree = html.document_fromstring(pages[shop, language])
    told = contents[shop].summary.as_json()
    assert values(tree, "rate", "//header") == [repr(told["rate"])]
    assert values(tree, "rate_all") == [repr(told["rate_all"])]
    (lead,) = tree.find_class("lead")
    assert [int(lead.get(f"data-{name}")) for name in ("defective", "orders")] == [told["defective"], told["orders"]]
    standings = {standing["account"]: standing for standing in told["standings"]}
    rows = tree.xpath("//tbody/tr")
    assert len(rows) == (1 if len(standings) == 2 else min(MOST_ACCOUNTS, len(standings) - 1) + 1)
    for row in rows:
        own = standings[row.get("data-account")]
        for name in ("orders", "defective", "rate", "headroom", "orders_needed"):
            assert values(row, name, ".") == [repr(own[name])], name
        assert values(row, "under_target_on", ".") == [own["under_target_on"] or ""]
        assert own["status"] in row.xpath(".//*[contains(@class, 'status')]")[0].get("class")


def test_what_the_sample_shop_is_known_for_stands_on_its_page(pages):
    # The story in samples.shop: US MFN 6 of 500 is over the target; 10 of 1,122 orders in all.
    text = html.document_fromstring(pages["sample", "en"]).text_content().replace("\u00a0", " ")
    assert "10 of 1,122 orders" in text
    assert "US MFN has the highest rate: 1.20 % ▲Over target" in text
    assert "▲ KETTLE-STEEL-17" in text
    # 6 / 601 is the first rate under 1 %, so 101 further orders.
    assert re.search(r"US MFN: Good orders needed101", text)


def test_lists_are_cut_where_the_paper_ends_and_say_how_much_is_left_out(pages, contents):
    tree = html.document_fromstring(pages["full", "en"])
    assert len(contents["full"].summary.standings) == 15  # 14 accounts and the total
    assert len(tree.xpath("//tbody/tr")) == MOST_ACCOUNTS + 1
    assert "and 6 more" in tree.text_content()
    assert len(tree.xpath("//section[h2='Products']//*[@class='bar-name']")) == MOST_PRODUCTS
    assert len(tree.xpath("//ol/li")) == MOST_ROOTS


def test_orders_that_never_had_a_defect_have_a_page_with_nothing_to_do(tmp_path):
    write_orders(
        tmp_path / "orders.txt",
        [(order_id(n), AS_OF - timedelta(days=20 + n), "Merchant", "com", "MUG") for n in range(9)],
    )
    tree = html.document_fromstring(report_page(contents_of(tmp_path)))
    text = tree.text_content()
    assert values(tree, "rate", "//header") == ["0.0"]
    for sentence in ("nothing to do", "No order has a defect", "No product has a defect", "Healthy"):
        assert sentence in text
    # Nine days of orders fill no window but the last.
    assert "reach back to" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_window_without_orders_has_no_rate_and_never_0_percent(language, folders):
    page = report_page(contents_of(folders["sample"], date(2020, 6, 1)), language)
    tree = html.document_fromstring(page)
    text = tree.text_content()
    assert values(tree, "rate", "//header") == [""]
    assert "#N/A" in text
    assert {"en": "No orders", "zh": "没有订单"}[language] in text
    assert not re.search(r"\b0(\.00)?\s?%", text.replace("not 0%", "").replace("而不是 0%", ""))
    assert not tree.xpath("//table")


def test_page_needs_both_ends_of_the_window(folders):
    ledger = ledger_of(read_sources([folders["sample"]]).readings)
    with pytest.raises(UsageError, match="both ends"):
        report_contents(ledger, Window(None, AS_OF))


def test_past_has_whole_windows_only(contents, tmp_path):
    """A window that begins before the first order would show too few orders, and so a wrong rate."""
    assert len(contents["sample"].past) == DAYS_BACK + 1  # 200 days of orders
    # 70 days of orders up to the window's end: ten further windows are whole besides the last one.
    end = AS_OF - timedelta(days=rules.LAG_DAYS)
    rows = [(order_id(n), end - timedelta(days=n), "Merchant", "com", "MUG") for n in range(70)]
    write_orders(tmp_path / "orders.txt", rows)
    found = contents_of(tmp_path)
    assert [point.orders for point in found.past] == [60] * 11
    assert found.change is None


def test_chart_ends_its_past_with_the_headline_and_begins_its_future_there(contents):
    for found in contents.values():
        assert found.past[-1].rate_amazon == found.summary.rate
        assert (found.future[0].day, found.future[0].rate) == (found.day, found.summary.rate)


# What it keeps back


@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_page_holds_nothing_about_buyers_and_no_order_number(shop, language, pages):
    page = pages[shop, language]
    text = html.document_fromstring(page).text_content()
    for planted in PERSONAL:
        assert planted not in page
        assert planted not in text
    assert not re.search(r"\d{3}-\d{7}-\d{7}", page)
    assert "@" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)


def test_planted_words_are_in_the_reports(folders):
    reports = "".join(path.read_text("utf-8") for path in folders["hostile"].iterdir())
    assert all(planted in reports for planted in PERSONAL)
    assert all(attack in reports for attack in ATTACKS)


# What it can't be made to run, and that it needs nothing else


@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_page_has_no_script_and_asks_no_network(shop, language, pages):
    tree = html.document_fromstring(pages[shop, language])
    tags = {found.tag for found in tree.iter() if isinstance(found.tag, str)}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "base", "form", "a", "use", "image"}
    attributes = {name for found in tree.iter() for name in found.keys()}  # noqa: SIM118  an element isn't a mapping
    assert not {name for name in attributes if name.startswith("on") or name in ("href", "src", "style", "xlink:href")}
    style = "".join(found.text for found in tree.iter("style"))
    assert set(re.findall(r"url\(.*?\)", style)) == {"url(#stripes)"}
    assert "@import" not in style
    assert "//" not in re.sub(r"<!DOCTYPE.*?>", "", pages[shop, language])
    (policy,) = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none'")
    assert len(list(tree.iter("meta"))) == 5
    assert [found for found in tree.iter() if not isinstance(found.tag, str)] == []  # no comment


def test_names_are_shown_as_they_are_written_and_stay_text(pages):
    text = html.document_fromstring(pages["hostile", "en"]).text_content()
    assert "<script>win…=1</script>" in text  # cut in the middle to 24 places
    assert "\u202e" not in pages["hostile", "en"]
    assert not re.search("[\x00-\x08\x0b-\x1f]", pages["hostile", "en"])


@given(st.text(), st.text(max_size=40))
def test_any_text_comes_back_from_the_page_as_text(text, name):
    tree = html.fragment_fromstring(page_text(element("p", element("b", text, title=name), text)))
    forbidden = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
    clean = re.sub(forbidden, "\ufffd", text)
    # A page knows one sign for the end of a line.
    assert tree.text_content().replace("\r\n", "\n").replace("\r", "\n") == (clean * 2).replace("\r\n", "\n").replace(
        "\r", "\n"
    )
    assert [child.tag for child in tree.iter()] == ["p", "b"]


@given(st.text(max_size=80))
def test_shown_name_is_one_short_line_without_signs_that_turn_it(name):
    found = shown_name(name, longest=24)
    assert len(found) <= 24
    assert found == " ".join(found.split())
    assert not re.search("[\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", found)


# What everybody can read


@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_page_says_its_language_and_each_drawing_has_words(shop, language, pages):
    tree = html.document_fromstring(pages[shop, language])
    assert tree.get("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    drawings = [found for found in tree.iter("svg") if found.get("aria-hidden") != "true"]
    assert len(drawings) == 3
    for drawing in drawings:
        assert drawing.get("role") == "img"
        assert len(drawing.get("aria-label")) > 20
    assert [heading.tag for heading in tree.iter("h1", "h2")] == ["h1", *["h2"] * 6]
    assert all(cell.get("scope") in ("col", "row") for cell in tree.iter("th"))
    assert tree.xpath("//title")[0].text


def test_alternative_text_of_the_rate_has_the_numbers_of_the_chart(pages, contents):
    found, words = contents["sample"], Wording("en")
    (text,) = html.document_fromstring(pages["sample", "en"]).xpath('//svg[@class="timeline"]/@aria-label')
    highest = max(point.rate_amazon for point in found.past)
    for rate in (found.past[0].rate_amazon, found.past[-1].rate_amazon, highest, found.future[-1].rate):
        assert words.percent(rate) in text


@pytest.mark.parametrize("status", ["healthy", "at_risk", "over_target", "no_orders"])
def test_status_stands_in_words_and_as_a_shape_and_not_in_colour_alone(status, contents):
    found = contents["sample"]
    page = report_page(replace(found, summary=replace(found.summary, status=status)))
    (shown,) = html.document_fromstring(page).xpath('//p[@class="figure"]/span')
    assert shown.text_content()[1:] == {
        "healthy": "Healthy", "at_risk": "At risk", "over_target": "Over target", "no_orders": "No orders",
    }[status]  # fmt: skip
    assert shown.xpath('span[@aria-hidden="true"]')


def _luminance(colour):
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


COLOURS = dict(
    re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", files("odr_xl.report").joinpath("page.css").read_text("utf-8"))
)
STATUS = ("healthy", "at-risk", "over-target", "no-orders")
PAIRS = [
    *(("ink", ground, 4.5) for ground in ("paper", *(f"{name}-ground" for name in STATUS))),
    *((name, ground, 4.5) for name in STATUS for ground in ("paper", f"{name}-ground")),
    ("over-target", "at-risk-ground", 4.5),  # the worst account's status in the headline of another
    ("over-target", "healthy-ground", 4.5),
    ("at-risk", "healthy-ground", 4.5),
    ("quiet", "paper", 4.5),
    *(("bar", ground, 3.0) for ground in ("paper", "bar-ground", "over-target-ground", "at-risk-ground")),
    ("marked", "bar-ground", 3.0),
]


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)  # WCAG 2.2, 1.4.3


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_colours_have_the_contrast_that_wcag_asks_for(text, ground, least):
    assert contrast(COLOURS[text], COLOURS[ground]) >= least


@given(st.floats(0, 0.05, allow_nan=False))
def test_shown_rate_never_stands_on_another_side_of_a_level(rate):
    shown = float(Wording("zh").percent(rate).rstrip("%")) / 100
    for level in (rules.TARGET, rules.WARNING):
        assert (round(shown, 14) >= level) == (rate >= level) or abs(rate - level) < 1e-13
