"""The page in a real browser: what it draws, that nothing runs or loads, and how many sheets it takes."""

import os
import re
import shutil

import pytest

SHOPS = ("sample", "hostile", "full")
EVERY = [(shop, language) for shop in SHOPS for language in ("en", "zh")]


def _chromium():
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(require):
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sync_playwright = None
    remedy = 'Install the browser (Debian, Ubuntu: apt-get install chromium) and: python3 -m pip install ".[browser]".'
    require("chromium", sync_playwright is not None and _chromium(), remedy)
    with sync_playwright() as started:
        # Chromium refuses its sandbox to root, as whom containers run.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        opened = started.chromium.launch(executable_path=_chromium(), args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def show(browser, pages, tmp_path):
    """Opens a page; ``show(shop, language, …)`` gives it and the list of what went wrong or was asked for."""
    contexts = []

    def opened(shop, language, width=860, **options):
        context = browser.new_context(viewport={"width": width, "height": 1000}, **options)
        contexts.append(context)
        file = tmp_path / f"{shop}-{language}.html"
        file.write_text(pages[shop, language], "utf-8")
        page = context.new_page()
        heard = []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        page.on("request", lambda request: heard.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        return page, heard

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_page_loads_nothing_runs_nothing_and_warns_of_nothing(shop, language, show):
    page, heard = show(shop, language)
    assert heard == []
    assert page.evaluate("window.stolen") is None
    assert page.locator("h1").inner_text() == {"en": "Order Defect Rate", "zh": "订单缺陷率"}[language]


def test_names_that_are_scripts_do_not_run_even_where_the_browser_would_let_them(show):
    """Without the page's own policy, so that the escaping alone stands between a SKU and the reader."""
    page, heard = show("hostile", "en", bypass_csp=True)
    assert heard == []
    assert page.evaluate("window.stolen") is None
    assert page.locator("text=<script>").count() > 0


def test_the_browser_refuses_a_script_in_the_page_whoever_put_it_there(show, pages, tmp_path):
    page, heard = show("sample", "en")
    file = tmp_path / "changed.html"
    file.write_text(pages["sample", "en"].replace("</body>", "<script>window.stolen=1</script></body>"), "utf-8")
    page.goto(file.as_uri())
    assert page.evaluate("window.stolen") is None
    assert any("Content Security Policy" in text for text in heard)


@pytest.mark.parametrize("spacing", ["0", "0.4px"], ids=["own font", "wider font"])
@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_page_prints_on_two_sheets_of_a4(shop, language, spacing, show):
    page, _ = show(shop, language)
    page.add_style_tag(content=f"* {{ letter-spacing: {spacing}; }}")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) == 2
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {tuple(round(float(side)) for side in size) for size in sizes} == {(595, 842)}  # A4 in points


@pytest.mark.parametrize("width", [360, 860, 1600])
@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_page_is_never_wider_than_the_screen(shop, language, width, show):
    page, _ = show(shop, language, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("shop", "language"), EVERY)
def test_texts_of_a_drawing_stay_inside_it_and_apart(shop, language, show):
    page, _ = show(shop, language)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('svg[role=img]')].map(svg => {
            const own = svg.getBoundingClientRect();
            return {own: [own.left, own.top, own.right, own.bottom], texts: [...svg.querySelectorAll('text')].map(t => {
                const box = t.getBoundingClientRect();
                return [t.textContent, box.left, box.top, box.right, box.bottom];
            })};
        })"""
    )
    assert len(boxes) == 3
    for drawing in boxes:
        left, top, right, bottom = drawing["own"]
        texts = drawing["texts"]
        assert texts
        for place, (text, *box) in enumerate(texts):
            assert box[0] >= left - 1, text
            assert box[2] <= right + 1, text
            assert top - 1 <= box[1] <= box[3] <= bottom + 1, text
            for other, *that in texts[place + 1 :]:
                apart = box[2] <= that[0] or that[2] <= box[0] or box[3] <= that[1] + 4 or that[3] <= box[1] + 4
                assert apart, (text, other)
