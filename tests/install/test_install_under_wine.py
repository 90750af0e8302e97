"""The installer runs in Wine's cmd, with stand-ins for Python, winget and Excel.

What is real: the batch files, every branch, the arguments as Windows programs receive them, files and folders.
What is not: cmd itself (Wine's), Python, pip, winget, Excel.
"""

import pytest

OFFLINE = ["--no-index", "--find-links", "wheels"]
INSTALLED = "Done: odr-xl is installed"


def launcher(computer):
    return computer.add("py.exe", computer.folder / "Windows launcher")


def test_a_double_click_installs_makes_the_workbook_and_opens_it(computer):
    launcher(computer)
    answer = computer.run("Install-ODR.cmd")
    assert (answer.code, INSTALLED in answer.text) == (0, True)
    assert answer.of("py.exe")[1][1:] == ["-3", "-I", "-m", "venv", "--clear", r"…\home\AppData\Local\odr-xl\env"]
    (pip,) = answer.of(r"\env\Scripts\python.exe", "pip")
    assert pip[-4:] == ["--constraint", "constraints.txt", "--upgrade", ".."]
    assert "--no-index" not in pip
    (new,) = answer.of(r"\env\Scripts\python.exe", "odr_xl")
    assert new[1:] == ["-I", "-m", "odr_xl", "new", r"…\home\Documents\ODR.xlsm", "--lang", "en"]
    assert computer.workbook.read_text() == "new workbook"
    assert computer.opened() == [r"…\home\Documents\ODR.xlsm"]


def test_quiet_neither_opens_the_workbook_nor_waits(computer):
    launcher(computer)
    computer.command_line = 'cmd.exe /c ""C:\\A & B\\Install-ODR.cmd" /quiet"'
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert (answer.code, INSTALLED in answer.text) == (0, True)
    assert "Opening" not in answer.text
    assert "Press" not in answer.text


@pytest.mark.parametrize(
    ("started", "waits"),
    [
        (r'C:\WINDOWS\system32\cmd.exe /c ""C:\A & B\Install-ODR.cmd" "', True),  # as the Explorer does
        (r'"C:\WINDOWS\system32\cmd.exe"', False),  # typed in a command prompt
    ],
)
def test_it_waits_for_a_key_only_after_a_double_click(computer, started, waits):
    computer.command_line = started
    answer = computer.run("Install-ODR.cmd")
    assert (answer.code, "Press" in answer.text) == (1, waits)


def test_each_step_prints_one_sentence(computer):
    launcher(computer)
    lines = computer.run("Install-ODR.cmd", "/quiet").text.strip().splitlines()
    assert [line.split(":")[0] for line in lines] == ["1 of 4", "2 of 4", "3 of 4", "4 of 4", "Done"]


def test_a_workbook_that_is_there_is_never_overwritten(computer):
    launcher(computer)
    computer.workbook.write_text("a year of work")
    answer = computer.run("Install-ODR.cmd")
    assert (answer.code, computer.workbook.read_text()) == (0, "a year of work")
    (upgrade,) = answer.of("python.exe", "odr_xl")
    assert upgrade[-3:] == ["new", "--upgrade", r"…\home\Documents\ODR.xlsm"]
    assert "everything else stays as it is" in answer.text
    assert "Its macros stay" not in answer.text
    assert computer.opened() == [r"…\home\Documents\ODR.xlsm"]


def test_a_workbook_whose_macros_cannot_be_renewed_is_opened_all_the_same(computer):
    launcher(computer)
    computer.workbook.write_text("a year of work")
    computer.fails = "new"
    answer = computer.run("Install-ODR.cmd")
    assert (answer.code, computer.workbook.read_text()) == (0, "a year of work")
    assert "Its macros stay as they are too: mend what the sentence above says" in answer.text
    assert computer.opened() == [r"…\home\Documents\ODR.xlsm"]


def test_a_second_run_keeps_the_environment_and_updates_the_program(computer):
    launcher(computer)
    computer.run("Install-ODR.cmd", "/quiet")
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 0
    assert answer.of("py.exe", "venv") == []
    assert len(answer.of("python.exe", "pip")) == 1


def test_an_environment_whose_python_is_gone_is_made_anew(computer):
    launcher(computer)
    computer.run("Install-ODR.cmd", "/quiet")
    (computer.program / "env" / "Scripts" / "answer.txt").write_text("103")
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 0
    assert len(answer.of("py.exe", "venv", "--clear")) == 1


def test_python_on_the_path_is_found_without_the_launcher(computer):
    computer.add("python.exe", computer.folder / "my tools" / "Python (64)")
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 0
    assert len(answer.of(r"my tools\Python (64)\python.exe", "venv")) == 1


@pytest.mark.parametrize("place", ["Programs/Python/Python313", "Python/pythoncore-3.13-64"])
def test_python_in_the_users_own_folder_is_found_when_it_is_not_on_the_path(computer, place):
    computer.add("python.exe", computer.local / place, on_path=False)
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 0
    assert len(answer.of(place.replace("/", "\\") + r"\python.exe", "venv")) == 1


def test_the_microsoft_stores_stand_in_is_never_started(computer):
    """Started, it would open the Store."""
    computer.add("python.exe", computer.local / "Microsoft" / "WindowsApps")
    computer.add("python.exe", computer.folder / "Python")
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 0
    assert answer.of(r"WindowsApps\python.exe") == []
    assert len(answer.of(r"…\Python\python.exe", "venv")) == 1


def test_an_old_python_is_passed_over_for_a_later_one(computer):
    computer.add("python.exe", computer.folder / "Python39", answer=3)
    computer.add("python.exe", computer.folder / "Python312")
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 0
    assert answer.of(r"Python39\python.exe", "venv") == []
    assert len(answer.of(r"Python312\python.exe", "venv")) == 1


def test_without_python_winget_installs_one_for_this_user_alone(computer):
    computer.add("winget.exe", computer.folder / "apps")
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 0
    (install,) = answer.of("winget.exe", "install")
    assert install[install.index("--id") + 1] == "Python.Python.3.13"
    assert install[install.index("--scope") + 1] == "user"
    assert len(answer.of(r"Programs\Python\Python313\python.exe", "venv")) == 1


def test_a_python_that_is_too_old_is_told_apart_from_none(computer):
    computer.add("py.exe", computer.folder / "old", answer=3)
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 1
    assert "too old, too new, not 64-bit, or from the Microsoft Store" in answer.text
    assert "install Python 3.13 for Windows, 64-bit" in answer.text


FAILURES = [
    ("winget", "winget couldn't install Python", "check the network"),
    ("nothing-installed", "it can't be found yet", "restart the computer"),
    ("venv", "couldn't be made", "close Excel and all Python programs"),
    ("pip", "The packages couldn't be installed", "check the network"),
    ("new", "the workbook", "mend what it says"),
]


@pytest.mark.parametrize(("step", "what", "remedy"), FAILURES, ids=[failure[0] for failure in FAILURES])
def test_a_step_that_fails_says_what_to_do_and_nothing_follows(computer, step, what, remedy):
    computer.add("winget.exe", computer.folder / "apps")
    computer.fails = step
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 1
    last = answer.text.strip().splitlines()[-1]
    assert what in last
    assert remedy in last
    assert INSTALLED not in answer.text
    assert not computer.workbook.exists()


def test_without_python_and_winget_nothing_is_made(computer):
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert answer.code == 1
    assert "no winget to install it: install Python 3.13" in answer.text
    assert "too old" not in answer.text
    assert not computer.program.exists()


class TestWithoutANetwork:
    def fill(self, computer, name="odr_xl-0.1.0-py3-none-any.whl"):
        (computer.zip / "install" / "wheels").mkdir()
        (computer.zip / "install" / "wheels" / name).touch()

    def test_a_folder_of_wheels_is_all_that_is_installed_from(self, computer):
        launcher(computer)
        self.fill(computer)
        answer = computer.run("Install-ODR.cmd", "/quiet")
        assert answer.code == 0
        (pip,) = answer.of("python.exe", "pip")
        assert [word for word in pip if word in OFFLINE] == OFFLINE
        assert pip[-4:] == ["--constraint", "constraints.txt", "--upgrade", "odr-xl"]

    def test_winget_is_not_asked(self, computer):
        computer.add("winget.exe", computer.folder / "apps")
        self.fill(computer)
        answer = computer.run("Install-ODR.cmd", "/quiet")
        assert (answer.code, answer.calls) == (1, [])
        assert "install Python 3.13 for Windows, 64-bit, from its setup file" in answer.text

    def test_a_folder_without_odr_xl_is_refused(self, computer):
        launcher(computer)
        self.fill(computer, "numpy-2.4.6-cp313-cp313-win_amd64.whl")
        answer = computer.run("Install-ODR.cmd", "/quiet")
        assert (answer.code, answer.calls) == (1, [])
        assert "fill it again" in answer.text

    def test_wheels_for_another_python_fail_with_that_remedy(self, computer):
        launcher(computer)
        self.fill(computer)
        computer.fails = "pip"
        answer = computer.run("Install-ODR.cmd", "/quiet")
        assert answer.code == 1
        assert "with the same version of Python" in answer.text


def test_the_script_alone_without_its_folder_says_to_extract_the_zip(computer):
    """So it is when somebody opens it inside the zip file."""
    launcher(computer)
    (computer.zip / "install" / "constraints.txt").unlink()
    answer = computer.run("Install-ODR.cmd", "/quiet")
    assert (answer.code, answer.calls) == (1, [])
    assert "extract the whole zip file first" in answer.text


def test_a_folder_documents_that_is_missing_is_made(computer):
    launcher(computer)
    computer.documents.rmdir()
    assert computer.run("Install-ODR.cmd", "/quiet").code == 0
    assert computer.workbook.exists()


@pytest.mark.parametrize(
    ("locale", "words", "language"),
    [("zh-CN", [], "zh"), ("de-DE", [], "en"), ("zh-CN", ["/en"], "en"), ("de-DE", ["/zh"], "zh")],
)
def test_the_language_is_windows_own_or_the_one_asked_for(computer, locale, words, language):
    """Wine's registry takes its language from the computer at every start; a stand-in for ``reg`` answers instead."""
    launcher(computer)
    computer.add("reg.exe", computer.folder / "reg", answer=f"    LocaleName    REG_SZ    {locale}")
    answer = computer.run("Install-ODR.cmd", "/quiet", *words)
    assert answer.of("reg.exe")[0][1:] == ["query", r"HKCU\Control Panel\International", "/v", "LocaleName"]
    assert answer.of("python.exe", "odr_xl")[0][-2:] == ["--lang", language]


@pytest.mark.parametrize("script", ["Install-ODR.cmd", "Uninstall-ODR.cmd"])
def test_an_unknown_word_is_wrong_usage(computer, script):
    answer = computer.run(script, "/quiet", '"/every & thing"')
    assert (answer.code, answer.calls) == (2, [])
    assert "use only /quiet" in answer.text


class TestRemoval:
    def test_it_removes_the_program_and_keeps_the_workbooks(self, computer):
        launcher(computer)
        computer.run("Install-ODR.cmd", "/quiet")
        assert (computer.program / "install.log").exists()
        answer = computer.run("Uninstall-ODR.cmd", "/quiet")
        assert answer.code == 0
        assert "your workbooks and reports, and Python itself, are still where they were" in answer.text
        assert not computer.program.exists()
        assert computer.workbook.read_text() == "new workbook"

    def test_where_nothing_is_installed_it_says_so(self, computer):
        answer = computer.run("Uninstall-ODR.cmd", "/quiet")
        assert answer.code == 0
        assert "isn't installed" in answer.text

    def test_files_of_the_seller_in_its_folder_stay(self, computer):
        launcher(computer)
        computer.run("Install-ODR.cmd", "/quiet")
        (computer.program / "mine.xlsm").write_text("my numbers")
        answer = computer.run("Uninstall-ODR.cmd", "/quiet")
        assert answer.code == 0
        assert [path.name for path in computer.program.iterdir()] == ["mine.xlsm"]
        assert "didn't put there" in answer.text

    def test_a_folder_that_is_no_environment_is_not_touched(self, computer):
        (computer.program / "env").mkdir(parents=True)
        (computer.program / "env" / "mine.xlsm").write_text("my numbers")
        answer = computer.run("Uninstall-ODR.cmd", "/quiet")
        assert answer.code == 1
        assert (computer.program / "env" / "mine.xlsm").read_text() == "my numbers"

    def test_a_removal_that_was_cut_short_is_finished(self, computer):
        (computer.program / "removed" / "Lib").mkdir(parents=True)
        assert computer.run("Uninstall-ODR.cmd", "/quiet").code == 0
        assert not computer.program.exists()
