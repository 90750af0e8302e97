"""A writer in a process of its own: python writer.py FILE JOB NUMBER.

``same``: NUMBER snapshots of one day, each with other numbers. ``days``: NUMBER snapshots of days of its own.
``die``: one snapshot; the process kills itself at statement NUMBER.
"""

import os
import signal
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from odr_xl.core.counts import COUNT_COLUMNS
from odr_xl.core.snapshot import AccountCounts, Printed, Snapshot
from odr_xl.core.window import Window
from odr_xl.history import store

DAY = date(2026, 11, 20)
TAKEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def snapshot(orders, day=DAY, marketplaces=("DE", "US"), printed=None):
    """A snapshot with `orders` in each account."""
    counts = dict.fromkeys(COUNT_COLUMNS, 0) | {
        "orders": orders,
        "defective": 2,
        "defective_amazon": 1,
        "chargeback": 1,
    }
    return Snapshot(day, Window.as_of(day), tuple(AccountCounts(name, "MFN", counts, printed) for name in marketplaces))


def write(path, found):
    with store.open_history(Path(path)) as connection:
        return store.record(connection, found, taken=TAKEN)


def main(path, job, number):
    if job == "same":
        for each in range(number):
            write(path, snapshot(1000 * os.getpid() + each))
    elif job == "days":
        for each in range(number):
            write(path, snapshot(100 + each, DAY + timedelta(days=each), printed=Printed(orders=each)))
    elif job == "die":
        connect, seen = store.sqlite3.connect, []

        def counted(statement):
            seen.append(statement)
            if len(seen) == number:
                os.kill(os.getpid(), signal.SIGKILL)

        def connected(*words, **options):
            connection = connect(*words, **options)
            connection.set_trace_callback(counted)
            return connection

        store.sqlite3.connect = connected
        write(path, snapshot(7))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
