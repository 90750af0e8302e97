/* Stands in for python.exe, which the wheel with python311.dll doesn't contain. */
#include <windows.h>
#include <stdio.h>

int wmain(int argc, wchar_t **argv)
{
    HMODULE python = LoadLibraryW(L"python311.dll");
    int (*run)(int, wchar_t **) = python ? (int (*)(int, wchar_t **))GetProcAddress(python, "Py_Main") : NULL;
    if (!run) {
        fprintf(stderr, "python311.dll can't be loaded: error %lu\n", GetLastError());
        return 9;
    }
    return run(argc, argv);
}
