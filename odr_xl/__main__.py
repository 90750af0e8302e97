"""``python -m odr_xl``: the command, for computers where scripts aren't on the path."""

from odr_xl.cli import main

main()
