@echo off
rem Removes odr-xl again. Double-click it, or run it in a command prompt:
rem
rem     Uninstall-ODR.cmd [/quiet]
rem
rem It removes %LOCALAPPDATA%\odr-xl, which Install-ODR.cmd made. Your workbooks and reports stay, and so does Python,
rem because other programs may use it.

setlocal EnableExtensions DisableDelayedExpansion
set "QUIET="

:arguments
if "%~1"=="" goto remove
if /i not "%~1"=="/quiet" goto wrong_usage
set "QUIET=1"
shift /1
goto arguments

:remove
if not defined LOCALAPPDATA goto no_profile
set "BASE=%LOCALAPPDATA%\odr-xl"
if not exist "%BASE%" goto not_installed
rem Only what "venv" made is removed; the file tells.
if not exist "%BASE%\env" goto remove_rest
if not exist "%BASE%\env\pyvenv.cfg" goto not_ours
echo Removing odr-xl from "%BASE%".
if exist "%BASE%\removed" rmdir /s /q "%BASE%\removed"
if exist "%BASE%\removed" goto in_use
rem Renamed first: that fails as a whole while Excel uses the program, where removing would stop halfway.
move "%BASE%\env" "%BASE%\removed" >nul 2>nul
if exist "%BASE%\env" goto in_use

:remove_rest
if exist "%BASE%\removed" rmdir /s /q "%BASE%\removed"
if exist "%BASE%\removed" goto in_use
if exist "%BASE%\install.log" del /q "%BASE%\install.log"
if exist "%BASE%\install.log" goto in_use
rem Without /s this removes an empty folder only.
rmdir "%BASE%" >nul 2>nul
if exist "%BASE%" goto not_empty

:removed
echo Done: odr-xl is removed; your workbooks and reports, and Python itself, are still where they were.
call :wait
exit /b 0

:not_installed
echo odr-xl isn't installed for you: nothing was removed, and your workbooks are still where they were.
call :wait
exit /b 0

:not_empty
echo "%BASE%" holds files that odr-xl didn't put there, so the folder stays: look whether you need them.
goto removed

rem ---- What can go wrong, each with what to do ----------------------------------------------------------------
:wrong_usage
echo Uninstall-ODR.cmd doesn't know one of the words after its name: use only /quiet.
call :wait
exit /b 2

:no_profile
echo Windows names no folder for your programs: sign in as the person who installed odr-xl and run Uninstall-ODR.cmd again.
goto failed

:not_ours
echo "%BASE%\env" isn't an environment that Install-ODR.cmd made, so nothing was removed: look at it and delete it yourself.
goto failed

:in_use
echo Not everything in "%BASE%" could be removed because a program uses it: close Excel, then run Uninstall-ODR.cmd again.
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
