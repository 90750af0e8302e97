@echo off
rem Installs odr-xl for you alone, and makes your workbook. Double-click it, or run it in a command prompt:
rem
rem     Install-ODR.cmd [/quiet] [/en or /zh]
rem
rem /quiet neither waits for a key nor opens the workbook. /en and /zh choose the language of the workbook's
rem results; without them a Chinese Windows gets Chinese.
rem
rem What it changes on this computer, and nothing else:
rem   %LOCALAPPDATA%\odr-xl              the program, in a Python environment of its own
rem   %USERPROFILE%\Documents\ODR.xlsm   your workbook, only when no file of this name is there
rem   Python 3.13, with winget           only when there is no Python from 3.11 to 3.14
rem
rem The folder "wheels" beside this file, when there is one, is all that is installed from: no network is used.
rem
rem For those who change it: exclamation marks in a path survive only without delayed expansion; "call" expands
rem percent signs a second time, so paths are never its arguments; a path stands in double quotes everywhere. "pushd"
rem and "start" leave the exit code of the command before them when all goes well, and "ver" makes that one 0.

setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
rem A program in the current folder mustn't be taken for the one on the path.
set "NoDefaultCurrentDirectoryInExePath=1"
rem Otherwise the "py" of Python's install manager fetches a Python by itself, without a word.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
rem A pip.ini that installs into the user's folder would miss the environment.
set "PIP_USER=0"
set "QUIET="
set "SPEECH="

:arguments
if "%~1"=="" goto language
if /i "%~1"=="/quiet" (set "QUIET=1") else if /i "%~1"=="/en" (set "SPEECH=en") else if /i "%~1"=="/zh" (set "SPEECH=zh") else goto wrong_usage
shift /1
goto arguments

:language
set "LOCALE=en"
for /f "tokens=3" %%L in ('reg query "HKCU\Control Panel\International" /v LocaleName 2^>nul') do set "LOCALE=%%L"
if not defined SPEECH if /i "%LOCALE:~0,2%"=="zh" set "SPEECH=zh"
if not defined SPEECH set "SPEECH=en"

if not defined LOCALAPPDATA goto no_profile
if not defined USERPROFILE goto no_profile
set "BASE=%LOCALAPPDATA%\odr-xl"
set "ENVPY=%BASE%\env\Scripts\python.exe"
set "DOCUMENTS=%USERPROFILE%\Documents"
set "BOOK=%DOCUMENTS%\ODR.xlsm"

rem Where the program comes from. Its name alone is never given to pip: odr-xl isn't on PyPI, and whoever took the
rem name there would be installed.
set "SOURCE="
if exist "%HERE%..\pyproject.toml" set "SOURCE=.."
if exist "%HERE%wheels\odr_xl-*.whl" set "SOURCE=wheels"
if not exist "%HERE%constraints.txt" goto not_extracted
if not defined SOURCE goto not_extracted
if exist "%HERE%wheels" if not exist "%HERE%wheels\odr_xl-*.whl" goto wheels_incomplete

rem ---- Python -------------------------------------------------------------------------------------------------
rem 64 bit, because the packages have no others; not the Microsoft Store's, because Excel can't start it reliably.
set "CHECK=import sys, sysconfig, venv, ensurepip; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 14) and sysconfig.get_platform() == 'win-amd64' and not sysconfig.get_config_var('Py_GIL_DISABLED') and 'windowsapps' not in sys.base_prefix.lower() else 3)"
set "PY="
set "PYARG="
set "UNFIT="
echo 1 of 4: Looking for Python 3.11 to 3.14.
call :search
if defined PY goto environment
if defined UNFIT echo The Python on this computer is too old, too new, not 64-bit, or from the Microsoft Store, so it isn't used.
if "%SOURCE%"=="wheels" goto no_python_offline
winget.exe --version >nul 2>nul
if not %ERRORLEVEL%==0 goto no_winget
echo Installing Python 3.13 for you alone with winget, which takes a few minutes.
winget.exe install --id Python.Python.3.13 --exact --source winget --scope user --architecture x64 --silent --accept-package-agreements --accept-source-agreements --disable-interactivity
if not %ERRORLEVEL%==0 goto winget_failed
call :search
if not defined PY goto no_python_after_winget

rem ---- The program --------------------------------------------------------------------------------------------
:environment
if not exist "%ENVPY%" goto make_environment
rem An environment dies with the Python that it was made from.
"%ENVPY%" -I -c "%CHECK%" >nul 2>nul
if not %ERRORLEVEL%==0 goto make_environment
echo 2 of 4: Using the environment that is there already.
goto install

:make_environment
echo 2 of 4: Making an environment in "%BASE%" with "%PY%" %PYARG%.
"%PY%" %PYARG% -I -m venv --clear "%BASE%\env"
if not %ERRORLEVEL%==0 goto environment_failed

:install
ver >nul
pushd "%HERE%"
if not %ERRORLEVEL%==0 goto folder_failed
if "%SOURCE%"=="wheels" goto install_offline
echo 3 of 4: Installing odr-xl and the packages it needs, which takes a few minutes.
"%ENVPY%" -I -m pip install --quiet --no-input --disable-pip-version-check --no-cache-dir --log "%BASE%\install.log" --only-binary :all: --constraint constraints.txt --upgrade ..
if not %ERRORLEVEL%==0 goto pip_failed
goto installed

:install_offline
echo 3 of 4: Installing odr-xl from the folder wheels, without a network.
"%ENVPY%" -I -m pip install --quiet --no-input --disable-pip-version-check --no-cache-dir --log "%BASE%\install.log" --no-index --find-links wheels --constraint constraints.txt --upgrade odr-xl
if not %ERRORLEVEL%==0 goto pip_failed_offline

:installed
popd

rem ---- The workbook -------------------------------------------------------------------------------------------
if exist "%BOOK%" goto keep_workbook
if not exist "%DOCUMENTS%" mkdir "%DOCUMENTS%"
if not exist "%DOCUMENTS%" goto no_documents
echo 4 of 4: Making your workbook "%BOOK%".
"%ENVPY%" -I -m odr_xl new "%BOOK%" --lang %SPEECH%
if not %ERRORLEVEL%==0 goto workbook_failed
goto open_workbook

:keep_workbook
echo 4 of 4: Your workbook "%BOOK%" is there already; it gets this version's macros, and everything else stays as it is.
"%ENVPY%" -I -m odr_xl new --upgrade "%BOOK%"
if not %ERRORLEVEL%==0 echo Its macros stay as they are too: mend what the sentence above says, then run this again.

:open_workbook
if defined QUIET goto done
echo Opening it: click Enable Content when Excel asks.
ver >nul
start "" "%BOOK%"
if not %ERRORLEVEL%==0 goto not_opened

:done
echo Done: odr-xl is installed; Uninstall-ODR.cmd removes it again.
call :wait
exit /b 0

rem ---- Looking for Python -------------------------------------------------------------------------------------
:search
for %%V in (3 3.14 3.13 3.12 3.11) do (
  set "TRY=py.exe"
  set "TRYARG=-%%V"
  call :try
)
rem Quotes in PATH would end the quotes around it.
set "FOLDERS=%PATH:"=%"
for %%D in ("%FOLDERS:;=" "%") do (
  set "TRY=%%~D\python.exe"
  set "TRYARG="
  call :try_file
)
set "PARENT=%LOCALAPPDATA%\Programs\Python"
set "PATTERN=Python3*"
call :try_folders
rem Where Python's install manager keeps its own.
set "PARENT=%LOCALAPPDATA%\Python"
set "PATTERN=pythoncore-3*"
call :try_folders
exit /b 0

:try_folders
if not exist "%PARENT%" exit /b 0
ver >nul
pushd "%PARENT%"
if not %ERRORLEVEL%==0 exit /b 0
for /d %%D in (%PATTERN%) do (
  set "TRY=%%~fD\python.exe"
  set "TRYARG="
  call :try_file
)
popd
exit /b 0

:try_file
if defined PY exit /b 0
if not exist "%TRY%" exit /b 0
rem In WindowsApps, python.exe is a stand-in that opens the Microsoft Store.
if not "%TRY:\WindowsApps\=%"=="%TRY%" exit /b 0

:try
if defined PY exit /b 0
"%TRY%" %TRYARG% -I -c "%CHECK%" >nul 2>nul
rem Asked in this order, because "set" makes the exit code 0.
if %ERRORLEVEL%==0 goto fit
if %ERRORLEVEL%==3 set "UNFIT=1"
exit /b 0

:fit
set "PY=%TRY%"
set "PYARG=%TRYARG%"
exit /b 0

rem ---- What can go wrong, each with what to do ----------------------------------------------------------------
:wrong_usage
echo Install-ODR.cmd doesn't know one of the words after its name: use only /quiet, /en and /zh.
call :wait
exit /b 2

:no_profile
echo Windows names no folder for your programs: sign in as the person who uses Excel and run Install-ODR.cmd again.
goto failed

:not_extracted
echo Install-ODR.cmd can't find the other files of odr-xl: extract the whole zip file first, then run it from the folder "install" in there.
goto failed

:wheels_incomplete
echo The folder wheels beside Install-ODR.cmd holds no odr-xl: fill it again as docs\install.md says, or delete it to install over the network.
goto failed

:no_python_offline
echo There is no Python that can be used: install Python 3.13 for Windows, 64-bit, from its setup file (not from the Microsoft Store), then run Install-ODR.cmd again.
goto failed

:no_winget
echo There is no Python that can be used, and no winget to install it: install Python 3.13 for Windows, 64-bit, from python.org (not from the Microsoft Store), then run Install-ODR.cmd again.
goto failed

:winget_failed
echo winget couldn't install Python, see above: check the network, or install Python 3.13 for Windows, 64-bit, from python.org, then run Install-ODR.cmd again.
goto failed

:no_python_after_winget
echo winget installed Python, but it can't be found yet: restart the computer, then run Install-ODR.cmd again.
goto failed

:environment_failed
echo The environment in "%BASE%" couldn't be made: close Excel and all Python programs, then run Install-ODR.cmd again.
goto failed

:folder_failed
echo The folder "%HERE%" can't be opened: copy odr-xl to a folder on this computer and run Install-ODR.cmd from there.
goto failed

:pip_failed
popd
echo The packages couldn't be installed, see above and "%BASE%\install.log": close Excel, check the network, then run Install-ODR.cmd again.
goto failed

:pip_failed_offline
popd
echo The packages couldn't be installed, see above and "%BASE%\install.log": close Excel, fill the folder wheels with the same version of Python as this computer's, then run Install-ODR.cmd again.
goto failed

:no_documents
echo The folder "%DOCUMENTS%" can't be made: make it yourself, then run Install-ODR.cmd again.
goto failed

:workbook_failed
echo odr-xl is installed, but the workbook "%BOOK%" couldn't be made, see above: mend what it says, then run Install-ODR.cmd again.
goto failed

:not_opened
echo odr-xl is installed and the workbook is ready, but Windows couldn't open it: open "%BOOK%" in Excel yourself.
goto failed

:failed
call :wait
exit /b 1

rem Waits for a key only where the window would close at once: a double click runs "cmd /c".
:wait
if defined QUIET exit /b 0
set "STARTED=%CMDCMDLINE:"=%"
if not "%STARTED:/c =%"=="%STARTED%" pause
exit /b 0
