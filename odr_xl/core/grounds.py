"""Grounds: why Amazon may take a defect back, as data, each with its source, and how a record shows one.

"G202041210" and the like are the numbers of Seller Central help pages. A ground is a suggestion: the words of a comment
hint at it, and Amazon alone decides. Amazon warns against many unfounded requests (help page 201101660).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from odr_xl import rules
from odr_xl.core.topics import topic_of
from odr_xl.labels import rule_text

Strength = Literal["strong", "fair", "weak"]
#: Best chance first. Strong: Amazon names the case, and the record shows it. Fair: it depends on something that the
#: record doesn't show. Weak: Amazon names no such case, or the record says too little.
STRENGTHS: Final = ("strong", "fair", "weak")

#: Days after a feedback in which its removal can be asked for. Amazon's help doesn't state it; sellers' guides do
#: ("we cannot remove feedback older than 90 days", Scribd document 660279952, read 2026-11).
FEEDBACK_ASK_DAYS: Final = 90
#: Days after Amazon's decision in which a claim can be appealed (G202041210).
CLAIM_APPEAL_DAYS: Final = 30
#: Days after Amazon's e-mail in which a chargeback is answered (G202145040).
CHARGEBACK_REPLY_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for which a defect may go.

    Attributes
    ----------
    key : str
        The words are ``ground_<key>`` in the labels, and the request to Amazon ``request_<key>``.
    strength : "strong", "fair" or "weak"
        How good the chance is (`STRENGTHS`).
    source : str
        Who says so.
    ask_days : int or None
        Days to ask; ``None`` when no date that we have sets a limit.
    at_least : bool
        The days run from Amazon's own message, which comes after the event: counted from the event, the days left are
        at least so many.
    removal : bool
        Amazon can be asked to remove or strike through the feedback.
    """

    key: str
    strength: Strength
    source: str
    ask_days: int | None = None
    at_least: bool = False
    removal: bool = False


PROFANE: Final = Ground("profane", "strong", "help page 20231", FEEDBACK_ASK_DAYS, removal=True)
PERSONAL: Final = Ground("personal", "strong", "help page 20231", FEEDBACK_ASK_DAYS, removal=True)
PRODUCT: Final = Ground("product", "strong", "help page 20231", FEEDBACK_ASK_DAYS, removal=True)
DELIVERY: Final = Ground("delivery", "strong", "help pages 20231, 201101660", FEEDBACK_ASK_DAYS, removal=True)
SHIPPING: Final = Ground("shipping", "fair", "help page 20231", FEEDBACK_ASK_DAYS, removal=True)
EITHER: Final = Ground(
    "either", "fair", "help pages 20231, 201101660; channel not known", FEEDBACK_ASK_DAYS, removal=True
)
NONE: Final = Ground("none", "weak", "help page 20231", FEEDBACK_ASK_DAYS)
UNREAD: Final = Ground("unread", "weak", "this project", FEEDBACK_ASK_DAYS)

CLAIM_OPEN: Final = Ground("claim_open", "fair", "help page 1781, G202041210")
CLAIM_AMAZON: Final = Ground(
    "claim_amazon",
    "strong",
    "a moderator of Seller Central, thread f13f00dc: claims are for orders that the seller ships",
    CLAIM_APPEAL_DAYS,
    at_least=True,
)
CLAIM_SHIPPING: Final = Ground("claim_shipping", "fair", "the same moderator", CLAIM_APPEAL_DAYS, at_least=True)
CLAIM_FUNDED: Final = Ground(
    "claim_funded", "fair", "this project: Amazon paid it itself", CLAIM_APPEAL_DAYS, at_least=True
)
CLAIM_DECIDED: Final = Ground("claim_decided", "fair", "G202041210", CLAIM_APPEAL_DAYS, at_least=True)
CLAIM_APPEALED: Final = Ground("claim_appealed", "fair", "G202041210")
CLAIM_REFUNDED: Final = Ground("claim_refunded", "weak", "G202041210", CLAIM_APPEAL_DAYS, at_least=True)
CLAIM_LOST: Final = Ground("claim_lost", "weak", "G202041210")
CLAIM_UNCLEAR: Final = Ground("claim_unclear", "weak", "this project")

CHARGEBACK_UNCLEAR: Final = Ground("chargeback_unclear", "fair", "help page 48781")
CHARGEBACK_SERVICE: Final = Ground("chargeback_service", "weak", "G202145040", CHARGEBACK_REPLY_DAYS, at_least=True)

LISTED: Final = Ground("listed", "weak", "this project")

GROUNDS: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Ground))

#: Obscene words as whole words, some with their endings; a star or "u" may stand for the letter that decency hides.
_PROFANE: Final = re.compile(
    r"\b(?:(?:mother)?f[u*][c*]k(?:s|ed|er|ers|ing)?|(?:bull)?sh[i*]t(?:s|ty|head)?|bitch(?:es)?|assholes?|arseholes?"
    r"|cunts?|schei(?:ß|ss)\w*|arschl\w+|wichser|fick(?:t|en|er|dich)?|hurensohn|merde|merdique|putain|connards?"
    r"|encul\w+|salope?s?|mierda|put[ao]s?|cabr[oó]n(?:es)?|gilipollas|joder|coño|merda|cazzo|stronz[aeio]"
    r"|vaffanculo|puttan[ae])(?!\w)"
    r"|(?<![给送])他妈的|操你|傻逼|傻屄|草泥马|狗日的|婊子|王八蛋",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
#: Digits that are no telephone number: order ids, and what follows a word for a part, a parcel or an order.
_OTHER_NUMBERS: Final = re.compile(
    r"\b\w\d{2}-\d{7}-\d{7}\b"
    r"|(?:\b(?:part|model|item|sku|serial|order|tracking|parcel|isbn|ean|upc|modell|artikel|bestell\w*|sendung\w*"
    r"|modèle|commande|colis|modelo|pedido|modello|ordine)|型号|单号|编号|订单|品番|注文)"
    r"\W{0,3}(?:no|nr|number|nummer|numéro|número|numero|id|号|番号)?\W{0,3}[\w-]*\d[\w.-]*(?: \d[\w.-]*)*",
    re.IGNORECASE,
)
#: Telephone numbers that show themselves by their form, or follow a word for a telephone.
_PHONE: Final = re.compile(
    r"(?<![\w+])\+\d{1,3}[ ().-]{0,2}\d[\d ().-]{5,14}\d"
    r"|\(\d{3}\) ?\d{3}[-. ]\d{4}(?!\d)"
    r"|(?<![\w.-])\d{3}([-.])\d{3}\1\d{4}(?![\w-])"
    r"|(?<![\w.-])0[1-9](?:[ .-]\d{2}){4}(?![\w-])"
    r"|(?:\b(?:phone|tel|telephone|mobile|cell|call|text|whatsapp|telefon|handy|anrufen|téléphone|portable|teléfono"
    r"|móvil|telefono|cellulare)|电话|手机|微信|电話|電話|携帯)"
    r"\W{0,3}(?:(?:number|no|nr|me|us|at|on|is|nummer|unter|numéro|número|numero|au|al|号码|号|是|番号|は)\W{0,3}){0,3}"
    r"\(?\d(?:[ ()/.-]{0,2}\d){6,14}(?!\d)",
    re.IGNORECASE,
)

# Parts of a comment in lower case, as in `topics`: a part that is a whole word stands between blanks.
_SERVICE: Final = (
    "seller", "service", "support", "respon", "reply", "replie", "answer", "contact", "refund", "return", "mail",
    "message", "communicat", "scam", "fraud", "invoice", "cancel", "verkäufer", "händler", "antwort", "kontakt",
    "erstatt", "rücksend", "retour", "rechnung", "betrug", "kunden", "vendeur", "répon", "rembours", "facture",
    "arnaque", "client", "vendedor", "respuesta", "contest", "reembols", "devol", "factura", "estafa", "atención",
    "venditore", "rispo", "contatt", "rimbors", " reso ", "fattura", "truffa", "assistenza", "servizio", "出品者",
    "対応", "返信", "返事", "連絡", "返金", "返品", "詐欺", "卖家", "商家", "店家", "客服", "服务", "回复", "联系",
    "退款", "退货", "态度", "骗", "发票",
)  # fmt: skip
_DELIVERY: Final = (
    "deliver", "shipping", "shipment", "shipped", "courier", "carrier", "parcel", "packag", "arriv", "receiv",
    "transit", "tracking", " late ", "delay", " came ", " usps ", " ups ", "fedex", " dhl ", "liefer", "versand",
    "paket", "zustell", "angekommen", "erhalten", "verpack", "verspät", " spät ", "livr", "colis", "expédi", "reçu",
    "retard", "emball", "entreg", "envío", "paquete", "lleg", "recib", " tarde ", "embal", "consegn", "spedi",
    "pacco", "ricevut", "ritardo", "imball", "corriere", "配送", "配達", "発送", "届", "梱包", "遅", "物流", "快递",
    "发货", "送货", "包裹", "包装", "收到", "到货", "运输", "派送", "送到", "晚到",
)  # fmt: skip
_QUALITY: Final = (
    "quality", "cheap", " work", "n't work", " size", "smell", "taste", "colo", "material", "expected", "describ",
    "picture", "photo", "fake", "defect", "useless", "junk", "garbage", "stopped", "condition", " used ", "qualität",
    "billig", "funktion", "größe", "farbe", "schrott", "riecht", "gebraucht", "qualité", "fonctionn", "taille",
    "couleur", "odeur", "calidad", "funciona", "talla", "huele", "qualità", "funziona", "taglia", "品質", "サイズ",
    "偽", "中古", "质量", "颜色", "尺寸", "味道", "做工", "材质", "假货", "不好用", "二手",
)  # fmt: skip
#: What a buyer adds without saying what about; it makes no comment a mixed one.
_MOOD: Final = (
    "disappoint", "annoy", "angry", "upset", "unhappy", "terrible", "awful", "horrible", "unacceptable", "bad ",
    "not happy", "not satisf", "never again", "not buy", "n't buy", "not recommend", "n't recommend", "avoid",
    "thank", "please", "enttäusch", "ärger", "schade", "nie wieder", "schlecht", "déçu", "jamais plus", "nul ",
    "decepcion", "nunca más", "malo ", "delus", "mai più", "pessim", "残念", "最悪", "二度と", "失望", "差评",
    "不推荐", "再也不", "太差", "很差", "垃圾", "生气",
)  # fmt: skip
_CLAUSE: Final = re.compile(
    r"[.,;:!?。，；：！？、\n]+|\b(?:and|but|und|aber|et|mais|y|pero|e|ma)\b|而且|但是|但|还有", re.IGNORECASE
)

_PRODUCT_TOPICS: Final = frozenset(("faulty", "not_as_described"))
_DELAY_TOPICS: Final = frozenset(("late", "not_received"))
_SAYS_NOTHING: Final = frozenset(("other", "not_stated"))

# Parts of a claim's status in lower case, as in ``rules``; the first list that matches decides.
_CLAIM_STATUS: Final = (
    (CLAIM_LOST, rules.CLAIM_LOST_WORDS),
    (CLAIM_FUNDED, ("amazon funded", "amazon-funded", "funded by amazon", "亚马逊承担", "亚马逊赔付")),
    (CLAIM_APPEALED, ("appeal", "申诉")),
    (CLAIM_REFUNDED, ("refunded", "已退款")),
    (CLAIM_DECIDED, ("granted", "funded", "closed", "lost", "已批准")),
    (CLAIM_OPEN, ("open", "review", "pending", "action required", "审核", "待处理", "处理中")),
)  # fmt: skip
#: The ledger's rule for a mark that brings no words of its own, in either language.
_MARK_RULES: Final = frozenset(rule_text(r.text, lang) for r in (rules.LISTED, rules.MARKED) for lang in ("en", "zh"))
_STARS: Final = re.compile(r"^\d(?:\.\d+)?★\s*")
#: A comment this long that ends with "…" was shortened by the ledger, so what the entire comment is can't be told.
_LONG: Final = 200


@lru_cache(maxsize=4096)
def feedback_ground(comment: str, channel: str = "") -> Ground:
    """Ground on which a feedback may be removed or struck through, by its comment.

    Parameters
    ----------
    comment : str
        The buyer's words, without the stars.
    channel : "AFN", "MFN" or ""
        Who shipped the order; "" when it isn't known.

    Returns
    -------
    Ground
        `NONE` when no case of Amazon's shows, which is also the answer for a comment on product and service together:
        Amazon doesn't remove a mixed one.

    Notes
    -----
    Cases: help pages 20231 and 201101660. Whether the entire comment is about one thing is told by its words only, so
    an ironical or unusual comment misleads; a name, which Amazon removes too, isn't recognised.

    Examples
    --------
    >>> feedback_ground("Leaks from day one").key, feedback_ground("Leaks, and the seller never answered").key
    ('product', 'none')
    >>> feedback_ground("Came two weeks late", "AFN").key, feedback_ground("Came two weeks late", "MFN").key
    ('delivery', 'shipping')
    """
    if _PROFANE.search(comment):
        return PROFANE
    if _EMAIL.search(comment) or _PHONE.search(_OTHER_NUMBERS.sub(" ", comment)):
        return PERSONAL
    if len(comment) >= _LONG and comment.endswith("…"):
        return UNREAD
    clauses = [f" {' '.join(part.split())} " for part in _CLAUSE.split(comment.lower().replace("’", "'"))]
    topics = {clause: topic_of("negative_feedback", clause) for clause in clauses if clause.strip()}
    named = set(topics.values()) - _SAYS_NOTHING
    if not named or _any_names(clauses, _SERVICE):
        return NONE
    quality, delivery = _any_names(clauses, _QUALITY), _any_names(clauses, _DELIVERY)
    # A clause that says nothing we know may be about the other half, and a mixed comment stays.
    own = _QUALITY if named <= _PRODUCT_TOPICS else _DELIVERY
    if any(topic in _SAYS_NOTHING and not _any_names([clause], own + _MOOD) for clause, topic in topics.items()):
        return NONE
    if named <= _PRODUCT_TOPICS:
        return NONE if delivery else PRODUCT
    if quality or not delivery:
        return NONE
    if named <= _DELAY_TOPICS:
        return {"AFN": DELIVERY, "MFN": SHIPPING}.get(channel, EITHER)
    # Damage on the way is Amazon's when Amazon shipped; Buy Shipping covers delay and loss only.
    return DELIVERY if channel == "AFN" and named <= _DELAY_TOPICS | {"damaged"} else NONE


def claim_ground(detail: str, channel: str = "") -> Ground:
    """Ground on which an A-to-z claim may be taken out, by its status and reason as the ledger joins them.

    >>> claim_ground("Under Review").key, claim_ground("Granted · item never arrived", "MFN").key
    ('claim_open', 'claim_shipping')
    """
    status = detail.split(" · ")[0].lower()
    if rules.claim_rule(status) is rules.CLAIM_UNKNOWN and " · " in detail:
        return CLAIM_UNCLEAR
    found = next((ground for ground, parts in _CLAIM_STATUS if any(part in status for part in parts)), None)
    if found is None:
        # A reason alone comes from a claim without a status, which is open.
        return CLAIM_OPEN if topic_of("a_to_z_claim", detail) not in _SAYS_NOTHING or not detail else CLAIM_UNCLEAR
    if found is CLAIM_DECIDED and topic_of("a_to_z_claim", detail) in _DELAY_TOPICS:
        return CLAIM_AMAZON if channel == "AFN" else CLAIM_SHIPPING
    return found


def chargeback_ground(detail: str) -> Ground:
    """Ground on which a chargeback may be taken out, by its type and status as the ledger joins them.

    >>> chargeback_ground("").key, chargeback_ground("Service · open").key
    ('chargeback_unclear', 'chargeback_service')
    """
    words = detail.lower()
    return CHARGEBACK_SERVICE if any(part in words for part in rules.SERVICE_WORDS) else CHARGEBACK_UNCLEAR


def event_ground(cause: str, detail: str, channel: str = "", rule: str = "") -> Ground:
    """Ground for one event of the ledger.

    Parameters
    ----------
    cause : str
        Of ``rules.AMAZON_CAUSES``.
    detail, rule : str
        As the ledger shows them; the rule tells a mark without words (Account Health, the orders table) from a record.
    channel : "AFN", "MFN" or ""
        Of the order.

    Examples
    --------
    >>> event_ground("chargeback", "", rule="on Amazon's own list of defects: counts").key
    'listed'
    """
    if rule in _MARK_RULES:
        return LISTED
    if cause == "a_to_z_claim":
        return claim_ground(detail, channel)
    if cause == "chargeback":
        return chargeback_ground(detail)
    return feedback_ground(_STARS.sub("", detail).strip(), channel) if detail else UNREAD


def _any_names(clauses: list[str], parts: tuple[str, ...]) -> bool:
    return any(part in clause for clause in clauses for part in parts)
