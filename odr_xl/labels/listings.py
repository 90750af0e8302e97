"""The listing check in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: ``listing_column_…`` are headers, ``listing_note_…`` what stands in the last column, the others reasons.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "listing_column_title": ("Title", "标题"),
        "listing_column_score": ("Score", "评分"),
        "listing_column_first": ("To mend first", "首先改进"),
        "listing_column_reasons": ("All reasons", "全部扣分原因"),
        "listing_column_judged": ("Rules judged", "已检查规则数"),
        "listing_column_defective": ("Defective orders", "缺陷订单数"),
        "listing_column_rate": ("Defect rate", "缺陷率"),
        "listing_title": ("no title", "没有标题"),
        "listing_title_length": (
            "title of {found} characters, Amazon allows {limit}",
            "标题 {found} 个字符，亚马逊最多允许 {limit} 个",
        ),
        "listing_title_capitals": ("title all in capitals", "标题全部大写"),
        "listing_title_promotion": ("promotion in the title: {found}", "标题含促销用语：{found}"),
        "listing_title_characters": (
            "characters in the title that Amazon refuses: {found}",
            "标题含亚马逊不允许的字符：{found}",
        ),
        "listing_title_repeats": (
            "“{found}” more than twice in the title",
            "标题中“{found}”出现两次以上",
        ),
        "listing_title_plain": (
            "HTML code, a web or an e-mail address in the title",
            "标题含 HTML 代码、网址或邮箱",
        ),
        "listing_picture": ("no picture", "没有图片"),
        "listing_pictures": ("{found} of {limit} pictures", "图片 {found} 张，建议 {limit} 张"),
        "listing_image_url": ("no link to the main picture", "没有主图链接"),
        "listing_description": ("no description", "没有商品描述"),
        "listing_description_length": (
            "description of {found} characters, {limit} at most",
            "商品描述 {found} 个字符，最多 {limit} 个",
        ),
        "listing_description_plain": (
            "HTML code, a web or an e-mail address in the description",
            "商品描述含 HTML 代码、网址或邮箱",
        ),
        "listing_bullet_points": ("{found} of {limit} bullet points", "五点描述只有 {found} 条，建议 {limit} 条"),
        "listing_price_low": (
            "price {found} below your lowest price {limit}",
            "价格 {found} 低于您的最低价 {limit}",
        ),
        "listing_price_high": (
            "price {found} above your highest price {limit}",
            "价格 {found} 高于您的最高价 {limit}",
        ),
        "listing_reviews": ("no review", "没有买家评论"),
        "listing_rating": (
            "{found} stars on average, {limit} wanted",
            "平均 {found} 星，目标 {limit} 星",
        ),
        "listing_nothing": ("nothing to mend", "无需改进"),
        "listing_unjudged": (
            "nothing can be judged: fill in the title, the pictures, the price or the reviews",
            "无法评分：请填写标题、图片数、价格或评论",
        ),
        "listing_note_start_here": (
            "low score and defects over the target: start here",
            "评分低且缺陷率超过目标：请从这里开始",
        ),
        "listing_note_defects": (
            "defects over the target although the page is in order: look at product, parcel and service",
            "缺陷率超过目标，但页面合格：请检查商品、包装和服务",
        ),
        "listing_note_low": ("low score, defects below the target", "评分低，缺陷率未超过目标"),
        "listing_note_low_only": ("low score", "评分低"),
        "listing_note_twice": ("this SKU stands in {count} rows", "该 SKU 出现在 {count} 行中"),
        "listing_note_limits": (
            "your lowest price is above your highest: the price isn't judged",
            "您的最低价高于最高价：价格未评分",
        ),
        "listing_note_unlisted": ("has defective orders and isn't among the listings", "有缺陷订单，但不在商品列表中"),
        "listing_note_unread": ("can't be read, so it isn't judged", "无法读取，因此未评分"),
    }
)
