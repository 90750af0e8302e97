"""Small invented reports that look like the ones Amazon lets a seller download."""

from odr_xl.samples.shop import sample_reports

__all__ = ["sample_reports"]
