"""Seller feedback: the download of six columns in a fixed order, its older grid, and the workbook's own table.

Amazon translates the header by the seller's language, and not always the same way, but keeps the order of the six
columns. So the names are tried first, and the order only when enough names stand where they belong. The sixth column,
the rater's e-mail, is personal and is never read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from odr_xl.readers.layout import DATE, ORDER_ID, Layout
from odr_xl.readers.orders import MARK_HEADERS, ONLY_ORDERS

#: Columns of the download by position; the sixth is the rater's e-mail.
BY_POSITION = ("feedback_date", "rating", "comments", "response", "order_id")

#: Normalised header names of the rater's e-mail, only to recognise the report.
RATER = (
    "Rater Email", "E-Mail des Bewertenden", "E-Mail des Bewerters", "E-mail del cliente",
    "Correo electrónico del evaluador", "E-mail autore della valutazione", "E-mail de l'évaluateur",
    "E-mail van beoordelaar", "E-mail oceniającego", "評価者のEメール", "評価者のメールアドレス", "购买者电子邮件",
    "评价者电子邮件", "评级者电子邮件", "评价人邮箱",
)  # fmt: skip


def judge(fields: Mapping[str, int], headers: frozenset[str]) -> str:
    """Variant of a feedback report by its header names; "" when it's something else."""
    # A table of orders may have a rating beside its marks.
    if not {"order_id", "rating"} <= set(fields) or (ONLY_ORDERS | MARK_HEADERS) & headers:
        return ""
    if {"arrived on time", "item as described", "rater role"} & headers:
        return "legacy_grid"
    return "seller_feedback"


def fields_by_position(found: Sequence[frozenset[str]], rater_last: bool) -> dict[str, int]:
    """Fields of a translated download of six columns; {} when too few headers stand where they belong.

    Parameters
    ----------
    found : sequence of frozenset of str
        The fields that each header may name.
    rater_last : bool
        Whether the sixth header names the rater's e-mail.
    """
    if len(found) != 6:
        return {}
    right = [field in names for field, names in zip(BY_POSITION, found, strict=False)]
    wrong = [bool(names) and field not in names for field, names in zip(BY_POSITION, found, strict=False)]
    # Three of six, one of them a column that no report of orders has, and none in another's place.
    telling = rater_last or any(right[1:4])
    return (
        dict(zip(BY_POSITION, range(5), strict=True))
        if sum(right) + rater_last >= 3 and telling and not any(wrong)
        else {}
    )


FEEDBACK = Layout(
    kind="feedback",
    name="seller feedback download",
    columns={
        "order_id": "id",
        "feedback_date": "date",
        "rating": "number",
        "comments": "text",
        "response": "text",
        "status": "text",
    },
    headers={
        "order_id": ORDER_ID,
        "feedback_date": ("Feedback date", "feedback_date", "Date received", *DATE, "評価日", "评价日期", "反馈日期"),
        "rating": (
            "Rating", "stars", "Bewertung", "Sterne", "Évaluation", "Valutazione", "Calificación", "Valoración",
            "Evaluación", "Avaliação", "Beoordeling", "Ocena", "評価", "评级", "评分", "星级", "評級",
        ),
        "comments": (
            "Comments", "Comment", "Feedback", "Kommentar", "Kommentare", "Commentaire", "Commentaires", "Comentarios",
            "Commenti", "Commento", "Opmerkingen", "Komentarze", "Comentários", "コメント", "评论", "意见",
            "买家意见", "备注",
        ),
        "response": (
            "Your Response", "Response", "Ihre Antwort", "Antwort", "Votre réponse", "Réponse", "Tu respuesta",
            "Su respuesta", "Respuesta", "La tua risposta", "Risposta", "Antwoord", "Uw antwoord", "Odpowiedź",
            "Sua resposta", "返信", "あなたの返信", "出品者の返信", "您的回复", "回复", "您的答复",
        ),
        "status": ("Status", "Feedback status", "removed", "Statut", "Stato", "Estado", "状態", "ステータス", "状态"),
    },
    judge=judge,
)  # fmt: skip
