"""A stand-in for the module ``winreg``, which exists on Windows only."""

import contextlib


class Registry:
    """``values``: (hive, key, name) to a value. A key is there when a value of it or of a key below it is.

    Keys are compared without case, as Windows does.
    """

    HKEY_CURRENT_USER = "HKCU"
    HKEY_LOCAL_MACHINE = "HKLM"
    HKEY_CLASSES_ROOT = "HKCR"

    def __init__(self, values):
        self._values = {(hive, key.lower(), name.lower()): value for (hive, key, name), value in values.items()}
        self._names = {key.lower(): key for _, key, _ in values}

    @contextlib.contextmanager
    def OpenKey(self, hive, key):
        wanted = key.lower()
        if not any(h == hive and (k == wanted or k.startswith(wanted + "\\")) for h, k, _ in self._values):
            raise FileNotFoundError(2, "no such key", key)
        yield hive, wanted

    def QueryValueEx(self, opened, name):
        try:
            return self._values[(*opened, name.lower())], 1
        except KeyError:
            raise FileNotFoundError(2, "no such value", name) from None

    def EnumKey(self, opened, number):
        hive, key = opened
        below = {
            self._names[k][len(key) + 1 :].split("\\")[0]
            for h, k, _ in self._values
            if h == hive and k.startswith(key + "\\")
        }
        try:
            return sorted(below)[number]
        except IndexError:
            raise OSError(22, "no more data is available") from None
