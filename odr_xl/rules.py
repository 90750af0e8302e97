"""What counts as a defect, and how the rate is judged: Amazon's rules as data, each with its source.

Amazon changes these rules, so nothing elsewhere in the package repeats them. "G200285170" and the like are
the numbers of Seller Central help pages. Where Amazon says nothing, ``source`` says whose reading it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Definition = Literal["amazon", "returns", "all"]
Counts = Literal["amazon", "returns", ""]

#: Causes of Amazon's own Order Defect Rate (G200285170, read 2026-11).
AMAZON_CAUSES: Final = ("negative_feedback", "a_to_z_claim", "chargeback")
#: Causes of the wider rate: orders returned or cancelled because of a defect.
RETURN_CAUSES: Final = ("defect_return", "defect_cancellation")
CAUSES: Final = AMAZON_CAUSES + RETURN_CAUSES

#: Causes that each definition counts; an order counts once, however many causes it has (G200285170).
DEFINITIONS: Final = MappingProxyType({"amazon": AMAZON_CAUSES, "returns": RETURN_CAUSES, "all": CAUSES})

#: The rate must stay strictly under this: Amazon's report says ``targetValue 0.01, LESS_THAN``.
TARGET: Final = 0.01
#: Our own early warning; Amazon has none. A seller changes it on the Settings sheet.
WARNING: Final = 0.0075
#: Days in the window, both ends included, by order date (G200285170).
WINDOW_DAYS: Final = 60
#: Days between the window's end and the day of looking. Amazon doesn't state it; its own example report
#: (2020-11-18 schema) ends the window 15 days before the other metrics'.
LAG_DAYS: Final = 15
#: Days to send a plan of action, by the article that this tool started from; not an Amazon rule for ODR.
PLAN_DAYS: Final = 17
#: Stars that make feedback negative (help page 761: 1 and 2 negative, 3 neutral).
NEGATIVE_STARS: Final = (1, 2)

#: Orders that aren't Amazon sales: multi-channel fulfilment, by sales channel or by order id.
LEFT_OUT_CHANNEL: Final = "non-amazon"
LEFT_OUT_ID: Final = "S01-"
#: Beginnings of an order status in lower case; India's Easy Ship adds words after them.
CANCELLED: Final = ("cancelled", "canceled", "storniert", "annul", "cancelad", "キャンセル", "已取消")
PENDING: Final = ("pending", "ausstehend", "en attente", "pendiente", "in attesa", "保留中", "待处理")
#: What ``omit`` may leave out of the denominator.
OMITTABLE: Final = ("cancelled", "pending")


@dataclass(frozen=True, slots=True)
class Rule:
    """One decision about one kind of event.

    Attributes
    ----------
    text : str
        The decision in a seller's words, as the audit trail shows it.
    counts : "amazon", "returns" or ""
        The definition whose rate the event is part of; "" when it counts in none.
    source : str
        Who says so.
    flagged : bool
        The seller should look at the event, because the input leaves the decision open.
    """

    text: str
    counts: Counts
    source: str
    flagged: bool = False


FEEDBACK_NEGATIVE: Final = Rule("1 or 2 stars: counts", "amazon", "G200285170, help page 761")
FEEDBACK_NEUTRAL: Final = Rule("3 to 5 stars: not negative", "", "help page 761")
FEEDBACK_REMOVED: Final = Rule("removed, withdrawn or struck through: doesn't count", "", "help pages 20231, 201101660")
FEEDBACK_UNRATED: Final = Rule("no rating from 1 to 5: not counted, check it", "", "this project", flagged=True)
CLAIM_COUNTS: Final = Rule("claim not denied: counts", "amazon", "G202041210, G200285170")
CLAIM_CLEARED: Final = Rule("denied, withdrawn, appeal won or order cancelled: doesn't count", "", "G202041210")
CLAIM_UNKNOWN: Final = Rule("claim status not known: counted, check it", "amazon", "this project", flagged=True)
CLAIM_CANDIDATE: Final = Rule("A-to-z mark without an outcome: enter it on Claims", "", "this project", flagged=True)
CLAIM_DECIDED: Final = Rule("A-to-z mark: the claim itself decides", "", "this project")
CHARGEBACK_SERVICE: Final = Rule("service chargeback: counts", "amazon", "help page 48781")
CHARGEBACK_FRAUD: Final = Rule("fraud chargeback: doesn't count", "", "help page 48781")
CHARGEBACK_WON: Final = Rule(
    "chargeback decided for the seller: doesn't count", "", "sellers' guides; Amazon is silent"
)
CHARGEBACK_UNKNOWN: Final = Rule("chargeback type not known: counted, check it", "amazon", "this project", flagged=True)
RETURN_DEFECT: Final = Rule(
    "returned because of a defect: wider rate only", "returns", "the article; never Amazon's ODR"
)
RETURN_OTHER: Final = Rule("returned for another reason: doesn't count", "", "the article")
RETURN_UNKNOWN: Final = Rule("return reason not known: not counted, check it", "", "this project", flagged=True)
CANCELLED_DEFECT: Final = Rule("cancelled because of a defect: wider rate only", "returns", "the article")
LISTED: Final = Rule("on Amazon's own list of defects: counts", "amazon", "Account Health download")
MARKED: Final = Rule("marked in the orders table", "amazon", "the seller's own mark")
MARKED_RETURN: Final = Rule("marked in the orders table: wider rate only", "returns", "the seller's own mark")
UNMATCHED: Final = Rule("order isn't in Orders: not counted until it is", "", "this project", flagged=True)
LEFT_OUT: Final = Rule("not an Amazon order: left out", "", "Amazon's ODR covers orders placed on Amazon")
OMITTED: Final = Rule("cancelled or pending order: left out as asked", "", "the seller's own setting")
COUNTS_UNKNOWN: Final = Rule(
    'the "Counts" column is not Amazon, Wider or No: counted, check it', "amazon", "this project", flagged=True
)
DECIDED_OUT: Final = Rule("you decided: doesn't count", "", "the seller's own decision")
DECIDED_IN: Final = Rule("you decided: counts", "amazon", "the seller's own decision")
CAUSE_UNKNOWN: Final = Rule("cause isn't a kind of defect: not counted, check it", "", "this project", flagged=True)

#: Words in a feedback's own status column that take it out of the rate: what is done, not "removal requested".
REMOVED_WORDS: Final = (
    "removed", "withdrawn", "withdrew", "struck", "strike", "deleted", "entfernt", "已删除", "已移除", "撤", "划除",
    "削除",
)  # fmt: skip
#: The same for a seller's own column headed "Removed", which holds a mark.
REMOVED_MARKS: Final = ("yes", "y", "true", "x", "1", "✓", "✔", "是")

#: Parts of a claim status in lower case. The first list that matches decides: a lost appeal leaves the claim as it was.
CLAIM_LOST_WORDS: Final = (
    "appeal denied", "appeal rejected", "appeal lost", "appeal unsuccessful", "申诉失败", "申诉被驳回",
)  # fmt: skip
CLAIM_CLEARED_WORDS: Final = (
    "denied", "rejected", "withdrawn", "withdrew", "won", "appeal granted", "appeal accepted", "appeal successful",
    "order cancelled", "order canceled", "cancelled order", "canceled order", "in seller's favor", "驳回", "拒绝",
    "撤回", "撤销", "申诉成功", "订单已取消",
)  # fmt: skip
CLAIM_COUNTED_WORDS: Final = (
    "open", "review", "granted", "refunded", "funded", "pending", "action required", "closed", "appeal", "lost",
    "已批准", "已退款", "审核", "待处理", "处理中",
)  # fmt: skip

#: Parts of a chargeback's type or reason in lower case; fraud is looked for first.
FRAUD_WORDS: Final = ("fraud", "unauthor", "unrecogni", "not recogni", "欺诈", "未授权", "盗")
SERVICE_WORDS: Final = (
    "service", "not received", "non-receipt", "not as described", "damaged", "defect", "quality",
    "credit not processed", "duplicate", "cancel", "服务", "未收到", "不符",
)  # fmt: skip
CHARGEBACK_WON_WORDS: Final = ("won", "seller's favor", "seller's favour", "reversed", "in your favor", "胜诉", "撤销")

#: Return reason codes after their prefix (``CR-``, ``AMZ-PG-``) is cut: group, and whether the group is a defect.
#: Amazon publishes no table of them; the groups are this project's. SWITCHEROO: the buyer got the wrong item.
_REASON_GROUPS: Final = {
    "faulty": (True, "DEFECTIVE QUALITY_UNACCEPTABLE JEWELRY_LOOSE_STONE JEWELLERY_LOOSE_STONE JEWELLERY_BATTERY "
               "JEWELLERY_NO_DOCS JEWELLERY_BAD_CLASP JEWELLERY_NO_CERT WARRANTY BAD-ITEM EXPIRED"),
    "missing": (True, "MISSING_PARTS NEVER_ARRIVED"),
    "wrong item": (True, "SWITCHEROO DIFFERENT_PRODUCT EXTRA_ITEM"),
    "not as described": (True, "NOT_AS_DESCRIBED BAD-DESC PRODUCT_NOT_ITALIAN"),
    "damaged": (True, "DAMAGED DAMAGED_BY_CARRIER DAMAGED_BY_FC CARRIER_DAMAGED"),
    "late": (False, "MISSED_ESTIMATED_DELIVERY ARRIVED_LATE APP-TOO-LATE"),
    "compatibility": (False, "PART_NOT_COMPATIBLE NOT_COMPATIBLE"),
    "fit": (False, "APPAREL_TOO_SMALL APPAREL_TOO_LARGE CLOTHING_TOO_SMALL CLOTHING_TOO_LARGE JEWELLERY_TOO_SMALL "
            "JEWELLERY_TOO_LARGE APP-TOO-SMALL APP-TOO-LARGE"),
    "preference": (False, "EXCESSIVE_INSTALLATION APPAREL_STYLE CLOTHING_STYLE DID_NOT_LIKE_FABRIC"),
    "buyer": (False, "FOUND_BETTER_PRICE MISORDERED ORDERED_WRONG_ITEM UNWANTED_ITEM UNAUTHORIZED_PURCHASE "
              "UNAUTHORISED_PURCHASE NO_LONGER_NEEDED CUSTOMER_DAMAGED"),
    "undeliverable": (False, "UNDELIVERABLE_CARRIER_MISS_SORTED UNDELIVERABLE_FAILED_DELIVERY_ATTEMPTS "
                      "UNDELIVERABLE_INSUFFICIENT_ADDRESS UNDELIVERABLE_MISSING_LABEL UNDELIVERABLE_REFUSED "
                      "UNDELIVERABLE_UNCLAIMED UNDELIVERABLE_UNKNOWN"),
    "not given": (False, "NO_REASON_GIVEN UNKNOWN_OTHER_REASON OTHER"),
}  # fmt: skip
REASON_PREFIXES: Final = ("CR-", "AMZ-PG-")
REASONS: Final = MappingProxyType(
    {code: (group, defect) for group, (defect, codes) in _REASON_GROUPS.items() for code in codes.split()}
)
#: Reasons in a seller's own words, in lower case; a buyer's own reasons are looked for first. No word here may
#: stand inside an unrelated one ("late" in "chocolate"), or name who writes ("buyer says it is broken").
REASON_WORDS: Final = (
    (False, ("no longer", "changed mind", "buyer's remorse", "buyer remorse", "buyer's mistake", "ordered wrong",
             "by mistake", "better price", "too small", "too large", "too late", "arrived late", "delivered late",
             "late delivery", "不想要", "买错", "拍错", "尺码")),
    (True, ("defect", "faulty", "broken", "damag", "missing", "wrong item", "not as described", "doesn't work",
            "quality", "瑕疵", "损坏", "破损", "缺件", "少件", "发错", "错发", "质量", "描述不符", "故障")),
)  # fmt: skip


def reason_group(reason: str) -> tuple[str, bool | None]:
    """Group of a return reason, and whether it is a defect; ``None`` when the reason isn't known.

    >>> reason_group("CR-SWITCHEROO"), reason_group("amz-pg-misordered"), reason_group("zipper hums")
    (('wrong item', True), ('buyer', False), ('unknown', None))
    """
    code = reason.strip().upper()
    for prefix in REASON_PREFIXES:
        code = code.removeprefix(prefix)
    if code in REASONS:
        return REASONS[code]
    words = reason.strip().lower()
    if not words:
        return "not given", False
    for defect, parts in REASON_WORDS:
        if any(part in words for part in parts):
            return "own words", defect
    return "unknown", None


def feedback_rule(rating: float, status: str) -> Rule:
    """Rule for one feedback: ``rating`` in stars (NaN when unreadable), ``status`` the seller's own mark.

    >>> feedback_rule(3.0, "").counts, feedback_rule(2.0, "").counts, feedback_rule(1.0, "Removed").counts
    ('', 'amazon', '')
    """
    words = status.strip().lower()
    if words in REMOVED_MARKS or any(word in words for word in REMOVED_WORDS):
        return FEEDBACK_REMOVED
    if rating in NEGATIVE_STARS:
        return FEEDBACK_NEGATIVE
    return FEEDBACK_NEUTRAL if rating in (3, 4, 5) else FEEDBACK_UNRATED


def claim_rule(status: str) -> Rule:
    """Rule for one A-to-z claim by its status; an empty status means that it is open.

    >>> claim_rule("Closed/Denied").counts, claim_rule("").counts, claim_rule("Closed/Refunded").counts
    ('', 'amazon', 'amazon')
    """
    words = status.strip().lower()
    if any(word in words for word in CLAIM_LOST_WORDS):
        return CLAIM_COUNTS
    if any(word in words for word in CLAIM_CLEARED_WORDS):
        return CLAIM_CLEARED
    if not words or any(word in words for word in CLAIM_COUNTED_WORDS):
        return CLAIM_COUNTS
    return CLAIM_UNKNOWN


def chargeback_rule(kind: str, status: str) -> Rule:
    """Rule for one chargeback by its type (or reason) and its status.

    >>> chargeback_rule("Fraud", "").counts, chargeback_rule("Service", "").counts, chargeback_rule("", "").flagged
    ('', 'amazon', True)
    """
    words = kind.strip().lower()
    if any(word in status.strip().lower() for word in CHARGEBACK_WON_WORDS):
        return CHARGEBACK_WON
    if any(word in words for word in FRAUD_WORDS):
        return CHARGEBACK_FRAUD
    if any(word in words for word in SERVICE_WORDS):
        return CHARGEBACK_SERVICE
    return CHARGEBACK_UNKNOWN


def return_rule(reason: str) -> Rule:
    """Rule for one return by its reason code or the seller's own words."""
    _, defect = reason_group(reason)
    if defect is None:
        return RETURN_UNKNOWN
    return RETURN_DEFECT if defect else RETURN_OTHER
