"""The history file's tables, step by step: each version of the schema is what the one before it becomes."""

from __future__ import annotations

from typing import Final

from odr_xl.core.counts import COUNT_COLUMNS

#: Kept in the file's header: "ODRh". A file with another number isn't a history.
APPLICATION: Final = 0x4F445268
#: Columns of what Amazon printed, as ``core.snapshot.Printed`` has them.
PRINTED_DATES: Final = ("printed_start", "printed_end")
PRINTED_COUNTS: Final = (
    "printed_orders",
    "printed_defective_amazon",
    "printed_negative_feedback",
    "printed_a_to_z_claim",
    "printed_chargeback",
)

# The names are written out, not taken from COUNT_COLUMNS: a step that is done stays what it was when a column is added.
_FIRST: Final = (
    """
    CREATE TABLE snapshots (
      id INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      revision INTEGER NOT NULL CHECK (revision >= 1),
      taken TEXT NOT NULL,
      window_start TEXT NOT NULL,
      window_end TEXT NOT NULL CHECK (window_end >= window_start),
      UNIQUE (day, revision)
    )
    """,
    """
    CREATE TABLE accounts (
      snapshot INTEGER NOT NULL REFERENCES snapshots (id),
      marketplace TEXT NOT NULL,
      channel TEXT NOT NULL,
      orders INTEGER NOT NULL,
      defective INTEGER NOT NULL,
      defective_amazon INTEGER NOT NULL,
      defective_returns INTEGER NOT NULL,
      negative_feedback INTEGER NOT NULL,
      a_to_z_claim INTEGER NOT NULL,
      chargeback INTEGER NOT NULL,
      defect_return INTEGER NOT NULL,
      defect_cancellation INTEGER NOT NULL,
      several INTEGER NOT NULL,
      several_amazon INTEGER NOT NULL,
      several_returns INTEGER NOT NULL,
      cancelled INTEGER NOT NULL,
      pending INTEGER NOT NULL,
      left_out INTEGER NOT NULL,
      PRIMARY KEY (snapshot, marketplace, channel)
    ) WITHOUT ROWID
    """,
    *(
        f"CREATE TRIGGER {table}_{what} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, 'a history only grows'); END"
        for table in ("snapshots", "accounts")
        for what in ("UPDATE", "DELETE")
    ),
)
_SECOND: Final = (
    *(f"ALTER TABLE accounts ADD COLUMN {name} TEXT" for name in PRINTED_DATES),
    *(f"ALTER TABLE accounts ADD COLUMN {name} INTEGER" for name in PRINTED_COUNTS),
)
#: The statements that lead to version 1, to version 2, and so on. A step that is published never changes.
STEPS: Final = (_FIRST, _SECOND)
VERSION: Final = len(STEPS)
#: Columns of an account, in the order in which they are written and read.
ACCOUNT_COLUMNS: Final = ("marketplace", "channel", *COUNT_COLUMNS, *PRINTED_DATES, *PRINTED_COUNTS)
