"""The command ``odr-xl``: its entrance."""

from __future__ import annotations

import sys
from typing import NoReturn

from odr_xl.commands import computer, download, look, many, past, share, watch, workbooks
from odr_xl.commands.app import UNUSABLE, WRONG_USAGE, app, err
from odr_xl.errors import OdrError, UsageError

#: In the order in which ``--help`` shows them; a module adds its commands to ``app`` when it is imported.
ORDER = (
    *(look.demo, look.odr, workbooks.new, download.fetch, workbooks.refresh, workbooks.calc),
    *(share.export, share.report, watch.alert, past.snapshot, many.portfolio, computer.doctor, workbooks.build),
)
app.registered_commands.sort(key=lambda command: ORDER.index(command.callback))


def main() -> NoReturn:
    """Run the command; errors that a seller can mend become one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console in an old code page can't show every character
            stream.reconfigure(errors="replace")
    try:
        app()
    except UsageError as error:
        err.print(f"odr-xl: {error}")
        sys.exit(WRONG_USAGE)
    except OdrError as error:
        err.print(f"odr-xl: {error}")
        sys.exit(UNUSABLE)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        err.print(f"odr-xl: {place}{error.strerror or error}. Check the name and the permissions.")
        sys.exit(UNUSABLE)
    sys.exit(0)
