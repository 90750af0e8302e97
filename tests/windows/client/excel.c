/* Stands in for Excel and the workbook's VBA: excel.exe DLL COMMAND WORKBOOK
 *
 * For every formula xlwings.bas loads the DLL, calls XLPyDLLActivateAuto with the command that starts Python, and then
 * the object's CallUDF(module, function, Array(arguments), ThisWorkbook, Application.Caller). So does this program, for
 * each line of its standard input (values.h says how a value is written):
 *
 *   call TIMES MODULE FUNCTION VALUE...   answers: ok SECONDS VALUE, raised CODE TEXT, not started CODE TEXT
 *   end PID                               ends a process as the Task Manager does
 *   kill                                  KillPy of xlwings.bas
 *   unknown                               answers with what Python asked for last and no object here has
 *   quit
 *
 * An answer is one line that begins with "=". Texts cross the border to the DLL in the system's code page, as VBA's do.
 */
#define COBJMACROS
#include "objects.h"
#include "values.h"
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef LONG(__stdcall *Activate)(VARIANT *, const char *, LONG);

static char *dll, *command;

static char *in_code_page(const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    char *made = malloc(size);
    WideCharToMultiByte(CP_ACP, 0, text, -1, made, size, NULL, NULL);
    return made;
}

static double now(void)
{
    LARGE_INTEGER ticks, second;
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&second);
    return (double)ticks.QuadPart / second.QuadPart;
}

static char *read_line(void)
{
    static char *line;
    static size_t room;
    size_t used = 0;
    for (;;) {
        if (room - used < 65536) line = realloc(line, room = room ? room * 2 : 1 << 20);
        if (!fgets(line + used, (int)(room - used), stdin)) return NULL;
        used += strlen(line + used);
        if (used && line[used - 1] == '\n') break;
    }
    line[used - 1] = 0;
    return line;
}

/* XLPy() with 1, KillPy with -1: 0, or a code with a text in `result`. */
static LONG activate(VARIANT *result, LONG mode)
{
    HMODULE library = LoadLibraryA(dll);
    Activate function = library ? (Activate)(void *)GetProcAddress(library, "XLPyDLLActivateAuto") : NULL;
    VariantInit(result);
    if (function) return function(result, command, mode);
    result->vt = VT_BSTR;
    result->bstrVal = SysAllocString(L"The DLL can't be loaded.");
    return GetLastError();
}

static void say_text(const char *answer, LONG code, const WCHAR *text)
{
    printf("=%s\t%lx\t", answer, (unsigned long)code);
    write_text(text);
}

static HRESULT call_udf(IDispatch *python, const char *module, const char *function, SAFEARRAY *arguments, VARIANT *result,
                        BSTR *message)
{
    LPOLESTR name = (LPOLESTR)L"CallUDF";
    DISPID id;
    VARIANT given[5]; /* the last one first */
    EXCEPINFO error;
    UINT wrong = 0;
    HRESULT code = IDispatch_GetIDsOfNames(python, &IID_NULL, &name, 1, LOCALE_USER_DEFAULT, &id);
    *message = NULL;
    if (FAILED(code)) return code;
    SAFEARRAYBOUND bounds[2] = {{1, 1}, {1, 1}};
    memset(&error, 0, sizeof error);
    given[4].vt = given[3].vt = VT_BSTR;
    given[4].bstrVal = wide(module);
    given[3].bstrVal = wide(function);
    given[2].vt = VT_ARRAY | VT_VARIANT;
    given[2].parray = arguments;
    given[1].vt = given[0].vt = VT_DISPATCH;
    given[1].pdispVal = new_workbook();
    given[0].pdispVal = new_range(L"Dashboard", 2, 2, 1, 1, SafeArrayCreate(VT_VARIANT, 2, bounds));
    DISPPARAMS parameters = {given, NULL, 5, 0};
    VariantInit(result);
    code = IDispatch_Invoke(python, id, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD | DISPATCH_PROPERTYGET, &parameters,
                            result, &error, &wrong);
    *message = error.bstrDescription;
    SysFreeString(error.bstrSource);
    SysFreeString(error.bstrHelpFile);
    given[2].vt = VT_EMPTY; /* the arguments stay the caller's */
    for (int i = 0; i < 5; i++) VariantClear(&given[i]);
    return code;
}

static SAFEARRAY *read_arguments(Tokens *tokens)
{
    SAFEARRAYBOUND bound = {0, 0};
    SAFEARRAY *array = SafeArrayCreate(VT_VARIANT, 1, &bound);
    VARIANT value, *cells;
    while (tokens->next) {
        if (!read_value(tokens, &value)) { SafeArrayDestroy(array); return NULL; }
        bound.cElements++;
        SafeArrayRedim(array, &bound);
        SafeArrayAccessData(array, (void **)&cells);
        cells[bound.cElements - 1] = value;
        SafeArrayUnaccessData(array);
    }
    return array;
}

static void call(Tokens *tokens)
{
    char *times = next_token(tokens), *module = next_token(tokens), *function = next_token(tokens);
    SAFEARRAY *arguments = read_arguments(tokens);
    VARIANT python, result;
    BSTR message = NULL;
    HRESULT code = S_OK;
    double total = 0, start;
    if (!function || !arguments) { printf("=unreadable\t0\tThis line can't be read."); return; }
    VariantInit(&result);
    for (int left = atoi(times); left > 0 && code == S_OK; left--) {
        LONG failed = activate(&python, 1);
        if (failed) {
            say_text("not started", failed, python.vt == VT_BSTR ? python.bstrVal : L"");
            VariantClear(&python);
            SafeArrayDestroy(arguments);
            return;
        }
        VariantClear(&result);
        start = now();
        code = call_udf(python.pdispVal, module, function, arguments, &result, &message);
        total += now() - start;
        VariantClear(&python);
    }
    if (code != S_OK) say_text("raised", code, message);
    else { printf("=ok\t%.9f", total / atoi(times)); write_value(&result); }
    SysFreeString(message);
    VariantClear(&result);
    SafeArrayDestroy(arguments);
}

static void end_process(Tokens *tokens)
{
    char *id = next_token(tokens);
    HANDLE process = id ? OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, atol(id)) : NULL;
    int ended = process && TerminateProcess(process, 1) && WaitForSingleObject(process, 10000) == WAIT_OBJECT_0;
    printf(ended ? "=ok\t0\tE" : "=failed\t%lx\tThe process can't be ended.", GetLastError());
    if (process) CloseHandle(process);
}

int wmain(int count, wchar_t **words)
{
    char *line;
    VARIANT result;
    if (count != 4) return 2;
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    dll = in_code_page(words[1]);
    command = in_code_page(words[2]);
    set_workbook(words[3]);
    CoInitialize(NULL);
    printf("=ready\t0\t\n");
    fflush(stdout);
    while ((line = read_line()) != NULL) {
        Tokens tokens = {line};
        char *word = next_token(&tokens);
        if (!strcmp(word, "quit")) break;
        if (!strcmp(word, "call")) call(&tokens);
        else if (!strcmp(word, "end")) end_process(&tokens);
        else if (!strcmp(word, "unknown")) { printf("=ok\t0\tS"); write_text(unknown_name()); }
        else if (!strcmp(word, "kill")) {
            LONG code = activate(&result, -1);
            if (code) say_text("failed", code, result.vt == VT_BSTR ? result.bstrVal : L"");
            else printf("=ok\t0\tE");
        }
        else printf("=unreadable\t0\tThis line can't be read.");
        printf("\n");
        fflush(stdout);
    }
    CoUninitialize();
    return 0;
}
