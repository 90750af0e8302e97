/* Stand-ins for the programs that the installer starts. The name of the file decides which one it is:
   py.exe, python.exe, winget.exe, reg.exe, excel.exe write down their path and arguments and do as little as the installer
   needs; run.exe starts a command line, given in UTF-8 in a file, as the Explorer does. */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define LONG 32768

static wchar_t own[LONG];    /* the path of this program */
static wchar_t folder[LONG]; /* the folder it is in */

static int is(const wchar_t *left, const wchar_t *right) { return left && _wcsicmp(left, right) == 0; }

/* Whether the test wants this step to fail. */
static int fails(const wchar_t *step) {
  wchar_t steps[LONG] = L"";
  GetEnvironmentVariableW(L"STANDIN_FAILS", steps, LONG);
  return wcsstr(steps, step) != NULL;
}

static void put(FILE *file, const wchar_t *text) {
  static char bytes[4 * LONG];
  WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
  fputs(bytes, file);
}

/* One line a call: the program's path and its arguments, a tab between them. */
static void record(int argc, wchar_t **argv) {
  wchar_t log[LONG];
  if (!GetEnvironmentVariableW(L"STANDIN_LOG", log, LONG)) return;
  FILE *file = _wfopen(log, L"ab");
  put(file, own);
  for (int i = 1; i < argc; i++) {
    fputc('\t', file);
    put(file, argv[i]);
  }
  fputc('\n', file);
  fclose(file);
}

static void write_file(const wchar_t *path, const char *text) {
  FILE *file = _wfopen(path, L"wb");
  if (!file) exit(90);
  fputs(text, file);
  fclose(file);
}

/* The folder and every folder above it. */
static void make_folders(const wchar_t *path) {
  wchar_t part[LONG];
  for (size_t i = 3; i <= wcslen(path); i++)
    if (path[i] == L'\\' || path[i] == 0) {
      wcsncpy(part, path, i);
      part[i] = 0;
      CreateDirectoryW(part, NULL);
    }
}

/* What this Python answers when it is asked whether it can be used: the number in the file beside it, or 0. */
static int answer(void) {
  wchar_t path[LONG];
  int code = 0;
  swprintf(path, LONG, L"%ls\\answer.txt", folder);
  FILE *file = _wfopen(path, L"rb");
  if (!file) return 0;
  fscanf(file, "%d", &code);
  fclose(file);
  return code;
}

/* reg.exe: prints the text in the file beside it. */
static int reg(void) {
  wchar_t path[LONG];
  char text[999] = "";
  swprintf(path, LONG, L"%ls\\answer.txt", folder);
  FILE *file = _wfopen(path, L"rb");
  fread(text, 1, sizeof text - 1, file);
  fclose(file);
  printf("\n%s\n", text);
  return 0;
}

static int python(int argc, wchar_t **argv) {
  int at = 1;
  wchar_t path[LONG];
  while (at < argc && (wcsncmp(argv[at], L"-3", 2) == 0 || is(argv[at], L"-I"))) at++;
  if (at + 1 >= argc) return 91;
  if (is(argv[at], L"-c")) return answer();
  const wchar_t *module = argv[at + 1];
  if (is(module, L"venv")) {
    if (fails(L"venv")) return 1;
    swprintf(path, LONG, L"%ls\\Scripts", argv[argc - 1]);
    make_folders(path);
    wcscat(path, L"\\python.exe");
    if (!CopyFileW(own, path, FALSE)) return 92;
    swprintf(path, LONG, L"%ls\\pyvenv.cfg", argv[argc - 1]);
    write_file(path, "home = stand-in\n");
    return 0;
  }
  if (is(module, L"pip")) {
    if (fails(L"pip")) return 1;
    for (int i = at; i + 1 < argc; i++)
      if (is(argv[i], L"--log")) write_file(argv[i + 1], "log\n");
    return 0;
  }
  if (is(module, L"odr_xl")) {
    if (fails(L"new")) return 1;
    /* An upgrade leaves the file of the test as it is. */
    if (!is(argv[at + 3], L"--upgrade")) write_file(argv[at + 3], "new workbook");
    return 0;
  }
  return 93;
}

static int winget(int argc, wchar_t **argv) {
  wchar_t path[LONG], programs[LONG];
  if (is(argv[1], L"--version")) return 0;
  /* A number as winget's own errors have it: negative. */
  if (fails(L"winget")) return (int)0x8A150014;
  GetEnvironmentVariableW(L"LOCALAPPDATA", programs, LONG);
  wcscat(programs, L"\\Programs\\Python\\Python313");
  make_folders(programs);
  swprintf(path, LONG, L"%ls\\python.exe", programs);
  return fails(L"nothing-installed") || CopyFileW(own, path, FALSE) ? 0 : 94;
}

static int run(const wchar_t *order) {
  static char bytes[4 * LONG];
  static wchar_t text[4 * LONG];
  FILE *file = _wfopen(order, L"rb");
  bytes[fread(bytes, 1, sizeof bytes - 1, file)] = 0;
  fclose(file);
  MultiByteToWideChar(CP_UTF8, 0, bytes, -1, text, 4 * LONG);
  wchar_t *rest, *command = wcstok_s(text, L"\n", &rest);
  for (wchar_t *line; (line = wcstok_s(NULL, L"\n", &rest));) {
    wchar_t *equals = wcschr(line, L'=');
    *equals = 0;
    SetEnvironmentVariableW(line, equals[1] ? equals + 1 : NULL);
  }
  STARTUPINFOW start = {sizeof start};
  PROCESS_INFORMATION process;
  DWORD code = 95;
  if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) return 96;
  WaitForSingleObject(process.hProcess, INFINITE);
  GetExitCodeProcess(process.hProcess, &code);
  return (int)code;
}

int wmain(int argc, wchar_t **argv) {
  GetModuleFileNameW(NULL, own, LONG);
  wcscpy(folder, own);
  wchar_t *name = wcsrchr(folder, L'\\');
  *name++ = 0;
  if (is(name, L"run.exe")) return run(argv[1]);
  record(argc, argv);
  if (is(name, L"winget.exe")) return winget(argc, argv);
  if (is(name, L"reg.exe")) return reg();
  if (is(name, L"excel.exe")) return 0;
  return python(argc, argv);
}
