"""The listing check: a score for each product's page, beside the defects of its orders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from odr_xl import rules
from odr_xl.core.listing_checks import contradictory
from odr_xl.core.listings import NUMBERS, ListingScore, Loss, score_listings, standing
from odr_xl.core.rate import wilson_interval
from odr_xl.errors import InputError, UnknownReport
from odr_xl.excel import arguments
from odr_xl.excel.cells import LONGEST_TEXT, Cell, Rows, formula
from odr_xl.excel.formulas.help import ARGUMENT_HELP
from odr_xl.labels import WORDS, Language, problem_text, say, word
from odr_xl.readers.cells import as_text
from odr_xl.readers.headers import normalise
from odr_xl.readers.ranges import read_range
from odr_xl.readers.reading import Reading

#: Characters of a title that are shown.
TITLE_SHOWN = 60

_HEADER = (
    "sku", "listing_column_title", "listing_column_score", "listing_column_first", "listing_column_reasons",
    "listing_column_judged", "orders", "listing_column_defective", "listing_column_rate", "note",
)  # fmt: skip
#: How ODR_BY names its groups when it is given several columns: ``SKU: KETTLE-17``.
_LABEL = re.compile(r"[^:：]+[:：]\s*\S")
_SKU = frozenset(map(normalise, WORDS["sku"]))
_NAMES = {key: frozenset(map(normalise, WORDS[key])) for key in ("group", "orders", "defective")}


@dataclass(frozen=True, slots=True)
class _Defects:
    """Orders and defective orders of a SKU."""

    orders: int
    defective: int

    @property
    def rate(self) -> float:
        return self.defective / self.orders


@formula(ARGUMENT_HELP)
def LISTING_SCORE(listings: Rows, groups: Rows = None, lang: Cell = None) -> Rows:
    """How good each product's page is, 0 to 100, with the reason for each lost point and the defects of its orders.

    Worst first: listings whose orders are over the target, then the lowest scores. What a table doesn't say isn't
    judged. Rows that can't be read stand at the end.
    """
    reading = _read_listings(listings)
    language = arguments.language(lang, listings, groups)
    defects = _defects_by_sku(groups)
    table = reading.table
    skus = [str(sku) for sku in table["sku"]]
    titles = [str(title) for title in table["title"]] if "title" in table.columns else [""] * len(skus)
    limits = {name: table[name].tolist() for name in NUMBERS if name in table.columns}
    times = Counter(skus)
    shown = []
    for at, (sku, title, found) in enumerate(zip(skus, titles, score_listings(table), strict=True)):
        own = defects.get(sku)
        notes = _notes(found.score, own, language)
        if contradictory({name: column[at] for name, column in limits.items()}):
            notes.append(word("listing_note_limits", language))
        if times[sku] > 1:
            notes.append(say("listing_note_twice", language, count=times[sku]))
        row = [
            _cut(sku, LONGEST_TEXT),
            _cut(title, TITLE_SHOWN),
            *_score_cells(found, language),
            *_defect_cells(own),
            _join(notes, language),
        ]
        shown.append((_worst_first(found.score, own), row))
    shown.sort(key=lambda item: (item[0], *map(str, item[1])))
    rows = [row for _, row in shown]
    rows += _unlisted(defects, set(skus), language)
    rows += _unread(reading, language)
    return [[word(key, language) for key in _HEADER], *rows]


def _read_listings(listings: Rows) -> Reading:
    """Reading of a range of listings, by its header; a table with little more than SKUs will do."""
    try:
        reading = read_range(listings)
    except UnknownReport:
        return read_range(listings, kind="listings")
    if reading.kind != "listings":
        raise InputError(
            f"The first range holds {reading.kind}, not listings. Give Amazon's Active Listings report, or a table "
            "with a SKU column."
        )
    return reading


def _score_cells(found: ListingScore, language: Language) -> list[Cell]:
    """Score, first reason, all reasons with what each takes from the score, and the number of rules."""
    score = found.score
    if score is None:
        return ["", word("listing_unjudged", language), "", 0]
    reasons = [_reason(loss, language) for loss in found.losses]
    first = _cut(reasons[0], LONGEST_TEXT) if reasons else word("listing_nothing", language)
    shares = [f"{reason} (−{found.share(loss):.1f})" for reason, loss in zip(reasons, found.losses, strict=True)]
    return [score, first, _join(shares, language), found.judged]


def _reason(loss: Loss, language: Language) -> str:
    written = _money if loss.rule == "price" else _plain
    return say(f"listing_{loss.reason}", language, found=written(loss.found), limit=written(loss.limit))


def _money(value: object) -> str:
    """An amount as people write it: 39.90, 1299."""
    return f"{value:.2f}".removesuffix(".00")


def _plain(value: object) -> object:
    """A number without needless decimals: 3.1, 4."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def _defect_cells(own: _Defects | None) -> list[Cell]:
    return ["", "", ""] if own is None else [own.orders, own.defective, own.rate]


def _notes(score: float | None, own: _Defects | None, language: Language) -> list[str]:
    where = standing(score, own.rate if own else None)
    if where == "fine":
        return []
    notes = [word(f"listing_note_{where}", language)]
    # One defect in 40 orders is over the target and may be chance: the same rule as in ODR_BY.
    if own and where in ("start_here", "defects") and wilson_interval(0, own.orders)[1] >= rules.TARGET:
        notes.append(word("small", language))
    return notes


def _worst_first(score: float | None, own: _Defects | None) -> tuple[bool, float, float]:
    over = own is not None and own.rate >= rules.TARGET
    return not over, 101.0 if score is None else score, -own.rate if own else 0.0


def _unlisted(defects: dict[str, _Defects], listed: set[str], language: Language) -> list[list[Cell]]:
    """SKUs with defective orders that no listing has, such as closed ones."""
    left = [(sku, own) for sku, own in defects.items() if own.defective and sku not in listed]
    left.sort(key=lambda item: (-item[1].rate, item[0]))
    note = word("listing_note_unlisted", language)
    return [[sku, "", "", "", "", "", *_defect_cells(own), note] for sku, own in left]


def _unread(reading: Reading, language: Language) -> list[list[Cell]]:
    """One row for each cell that can't be used, so that none is left out in silence."""
    note = word("listing_note_unread", language)
    return [
        ["", "", "", _cut(problem_text(problem, language), LONGEST_TEXT), "", "", "", "", "", note]
        for problem in reading.problems
        if problem.severity == "error"
    ]


def _defects_by_sku(groups: Rows) -> dict[str, _Defects]:
    """Orders and defective orders by SKU, from the result of ODR_BY; none when it is blank or there are no orders."""
    rows = groups if isinstance(groups, (list, tuple)) else [groups]
    rows = [row if isinstance(row, (list, tuple)) else [row] for row in rows]
    rows = [row for row in rows if any(cell not in (None, "") for cell in row)]
    if not rows or rows[0][0] == "#N/A":
        return {}
    seen = [normalise(cell) for cell in rows[0]]
    rows = [[*row, *[""] * (len(seen) - len(row))] for row in rows]
    places = [next((at for at, name in enumerate(seen) if name in names), -1) for names in _NAMES.values()]
    if -1 in places:
        raise InputError(
            'The second range isn\'t a result of ODR_BY. Give it ODR_BY(orders,defects,"sku"), or leave it out.'
        )
    labels = [as_text(row[places[0]]) for row in rows[1:]]
    labels = [label for label in labels if label not in WORDS["none"]]
    named = bool(labels) and all(_LABEL.match(label) for label in labels)
    found: dict[str, _Defects] = {}
    for row in rows[1:]:
        label = as_text(row[places[0]])
        if named:
            column, _, label = label.replace("：", ":").partition(":")
            if normalise(column) not in _SKU:
                continue
        label = label.strip()
        if label and label not in WORDS["none"] and (orders := _count(row[places[1]])):
            defective = _count(row[places[2]])
            if defective > orders:
                raise InputError(
                    f"The result of ODR_BY: {defective} defective of {orders} orders can't be. Calculate it again."
                )
            found.setdefault(label, _Defects(orders, defective))
    return found


def _count(cell: Cell) -> int:
    """Number of orders in a cell of ODR_BY's result."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= 0 and float(cell).is_integer():
        return int(cell)
    raise InputError(f'The result of ODR_BY: "{as_text(cell) or cell}" isn\'t a number of orders. Calculate it again.')


def _join(texts: Sequence[str], language: Language) -> str:
    return _cut(("；" if language == "zh" else "; ").join(texts), LONGEST_TEXT)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
