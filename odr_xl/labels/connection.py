"""What ODR_CHECK says of itself, asked without a range, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Key ``connection_…`` to the English and the Chinese text.
WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "connection_state": ("Python", "Python 连接"),
        "connection_same": ("connected", "已连接"),
        "connection_other": (
            "connected; the workbook's macros belong to another version: odr-xl doctor says what to do",
            "已连接；工作簿的宏属于另一个版本：请运行 odr-xl doctor",
        ),
        "connection_python": ("Python version", "Python 版本"),
        "connection_bits": ("{version}, {bits}-bit", "{version}，{bits} 位"),
        "connection_interpreter": ("Interpreter", "Python 程序"),
        "connection_wrappers": ("Macros of this version", "本版本的宏"),
        "connection_workbook": ("Macros of this workbook", "此工作簿的宏"),
        "connection_unknown": (
            "not known: this wasn't asked through a workbook's macros",
            "未知：这次查询不是由工作簿的宏发出的",
        ),
        "connection_missing": ("not installed", "未安装"),
    }
)
