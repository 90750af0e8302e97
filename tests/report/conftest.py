"""The shops' pages, written once."""

import pytest
import report_shops as shops

from odr_xl.report.page import report_page
from odr_xl.samples.shop import sample_reports


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    """Reports of the three shops: name to folder."""
    root = tmp_path_factory.mktemp("shops")
    found = {name: root / name for name in ("sample", "hostile", "full")}
    for folder in found.values():
        folder.mkdir()
    for name, content in sample_reports(shops.AS_OF).items():
        (found["sample"] / name).write_bytes(content)
    shops.hostile_reports(found["hostile"])
    shops.full_reports(found["full"])
    return found


@pytest.fixture(scope="session")
def contents(folders):
    return {name: shops.contents_of(folder) for name, folder in folders.items()}


@pytest.fixture(scope="session")
def pages(contents):
    """The pages as text: (shop, language) to HTML."""
    return {
        (name, language): report_page(found, language) for name, found in contents.items() for language in ("en", "zh")
    }
