/* One kind of object for all: a table says which names each has. As Excel's do, they tell their type (a range is
 * recognised by its interface's number, nothing else), count references, and answer from another process. */
#define COBJMACROS
#include "objects.h"
#include <stdio.h>
#include <string.h>

enum kind { RANGE, ROWS, COLUMNS, SHEET, SHEETS, BOOK, APPLICATION, KINDS };

enum member {
    NEW_ENUM = DISPID_NEWENUM,
    VALUE = 1, VALUE2, ROW, COLUMN, COLUMNS_OF, ROWS_OF, COUNT, ADDRESS, WORKSHEET, PARENT, APPLICATION_OF, NAME, FULL_NAME,
    SHEETS_OF, HWND_OF
};

static const struct { const WCHAR *name; enum member id; } NAMES[] = {
    {L"Value", VALUE}, {L"Value2", VALUE2}, {L"Row", ROW}, {L"Column", COLUMN}, {L"Rows", ROWS_OF}, {L"Columns", COLUMNS_OF},
    {L"Count", COUNT}, {L"Address", ADDRESS}, {L"Worksheet", WORKSHEET}, {L"Parent", PARENT},
    {L"Application", APPLICATION_OF}, {L"Name", NAME}, {L"FullName", FULL_NAME}, {L"Sheets", SHEETS_OF},
    {L"Worksheets", SHEETS_OF}, {L"Hwnd", HWND_OF}, {L"_NewEnum", NEW_ENUM},
};

static const struct { const WCHAR *name; GUID number; } TYPES[KINDS] = {
    /* Excel's own number of a range's interface; xlwings knows a range by it. The others are ours. */
    [RANGE] = {L"Range", {0x00020846, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}}},
    [ROWS] = {L"Range", {0x00020846, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}}},
    [COLUMNS] = {L"Range", {0x00020846, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}}},
    [SHEET] = {L"_Worksheet", {0x6F647231, 1, 1, {0x80, 1, 1, 1, 1, 1, 1, 1}}},
    [SHEETS] = {L"Sheets", {0x6F647231, 2, 1, {0x80, 1, 1, 1, 1, 1, 1, 1}}},
    [BOOK] = {L"_Workbook", {0x6F647231, 3, 1, {0x80, 1, 1, 1, 1, 1, 1, 1}}},
    [APPLICATION] = {L"_Application", {0x6F647231, 4, 1, {0x80, 1, 1, 1, 1, 1, 1, 1}}},
};

static const WCHAR *const SHEET_NAMES[] = {L"Orders", L"Dashboard", L"xlwings.conf"};

typedef struct {
    IDispatch face;
    LONG references;
    enum kind kind;
    BSTR sheet;
    long row, column, rows, columns;
    SAFEARRAY *cells;
} Object;

static IDispatchVtbl OBJECT_METHODS;
static ITypeInfo *type_infos[KINDS];
static WCHAR book_name[MAX_PATH], unknown[200];

void set_workbook(const WCHAR *full_name) { lstrcpynW(book_name, full_name, MAX_PATH); }
const WCHAR *unknown_name(void) { return unknown; }

static Object *new_object(enum kind kind, const WCHAR *sheet)
{
    Object *made = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *made);
    made->face.lpVtbl = &OBJECT_METHODS;
    made->references = 1;
    made->kind = kind;
    made->sheet = SysAllocString(sheet);
    return made;
}

IDispatch *new_range(const WCHAR *sheet, long row, long column, long rows, long columns, SAFEARRAY *cells)
{
    Object *made = new_object(RANGE, sheet);
    made->row = row;
    made->column = column;
    made->rows = rows;
    made->columns = columns;
    made->cells = cells;
    return &made->face;
}

IDispatch *new_workbook(void) { return &new_object(BOOK, L"")->face; }

/* ---- the sheets of the workbook, one after the other */

typedef struct { IEnumVARIANT face; LONG references; unsigned at; } Sheets;

static HRESULT STDMETHODCALLTYPE sheets_query(IEnumVARIANT *self, REFIID wanted, void **found)
{
    *found = IsEqualIID(wanted, &IID_IUnknown) || IsEqualIID(wanted, &IID_IEnumVARIANT) ? self : NULL;
    if (*found) InterlockedIncrement(&((Sheets *)self)->references);
    return *found ? S_OK : E_NOINTERFACE;
}
static ULONG STDMETHODCALLTYPE sheets_add(IEnumVARIANT *self) { return InterlockedIncrement(&((Sheets *)self)->references); }
static ULONG STDMETHODCALLTYPE sheets_release(IEnumVARIANT *self)
{
    LONG left = InterlockedDecrement(&((Sheets *)self)->references);
    if (!left) HeapFree(GetProcessHeap(), 0, self);
    return left;
}
static HRESULT STDMETHODCALLTYPE sheets_next(IEnumVARIANT *self, ULONG count, VARIANT *to, ULONG *fetched)
{
    ULONG given = 0;
    for (Sheets *sheets = (Sheets *)self; given < count && sheets->at < ARRAYSIZE(SHEET_NAMES); given++) {
        to[given].vt = VT_DISPATCH;
        to[given].pdispVal = &new_object(SHEET, SHEET_NAMES[sheets->at++])->face;
    }
    if (fetched) *fetched = given;
    return given == count ? S_OK : S_FALSE;
}
static HRESULT STDMETHODCALLTYPE sheets_skip(IEnumVARIANT *self, ULONG count) { ((Sheets *)self)->at += count; return S_OK; }
static HRESULT STDMETHODCALLTYPE sheets_reset(IEnumVARIANT *self) { ((Sheets *)self)->at = 0; return S_OK; }
static HRESULT STDMETHODCALLTYPE sheets_clone(IEnumVARIANT *self, IEnumVARIANT **made) { (void)self; *made = NULL; return E_NOTIMPL; }

static IEnumVARIANTVtbl SHEETS_METHODS = {
    sheets_query, sheets_add, sheets_release, sheets_next, sheets_skip, sheets_reset, sheets_clone,
};

/* ---- what an object answers */

static void object(VARIANT *answer, Object *made) { answer->vt = VT_DISPATCH; answer->pdispVal = &made->face; }
static void number(VARIANT *answer, long value) { answer->vt = VT_I4; answer->lVal = value; }
static void text(VARIANT *answer, const WCHAR *value) { answer->vt = VT_BSTR; answer->bstrVal = SysAllocString(value); }

/* Value2 knows neither dates nor money: both are numbers there. */
static void plain(VARIANT *cell)
{
    if (cell->vt == VT_DATE) cell->vt = VT_R8;
    if (cell->vt == VT_CY) VariantChangeType(cell, cell, 0, VT_R8);
}

static HRESULT values(Object *self, int as_value2, VARIANT *answer)
{
    LONG first[2] = {1, 1};
    if (self->rows == 1 && self->columns == 1) { /* one cell is a value, not an array */
        HRESULT result = SafeArrayGetElement(self->cells, first, answer);
        if (as_value2) plain(answer);
        return result;
    }
    HRESULT result = SafeArrayCopy(self->cells, &answer->parray);
    if (FAILED(result)) return result;
    answer->vt = VT_ARRAY | VT_VARIANT;
    if (as_value2) {
        VARIANT *cells;
        SafeArrayAccessData(answer->parray, (void **)&cells);
        for (long i = 0; i < self->rows * self->columns; i++) plain(&cells[i]);
        SafeArrayUnaccessData(answer->parray);
    }
    return S_OK;
}

/* xlwings finds the process of an application through its window. */
static HWND window(void)
{
    static HWND made;
    if (!made) made = CreateWindowW(L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    return made;
}

static void cell_name(WCHAR *to, long row, long column)
{
    WCHAR letters[8], *at = letters + 7;
    *at = 0;
    for (; column > 0; column = (column - 1) / 26) *--at = L'A' + (column - 1) % 26;
    wsprintfW(to, L"$%s$%d", at, row);
}

static void address(Object *self, VARIANT *answer)
{
    WCHAR first[24], last[24], both[50];
    cell_name(first, self->row, self->column);
    cell_name(last, self->row + self->rows - 1, self->column + self->columns - 1);
    wsprintfW(both, lstrcmpW(first, last) ? L"%s:%s" : L"%s", first, last);
    text(answer, both);
}

static Object *part(Object *self, enum kind kind)
{
    Object *made = new_object(kind, self->sheet);
    made->row = self->row;
    made->column = self->column;
    made->rows = self->rows;
    made->columns = self->columns;
    return made;
}

static long count(Object *self)
{
    if (self->kind == SHEETS) return ARRAYSIZE(SHEET_NAMES);
    return self->kind == ROWS ? self->rows : self->kind == COLUMNS ? self->columns : self->rows * self->columns;
}

static int is_range(Object *self) { return self->kind == RANGE || self->kind == ROWS || self->kind == COLUMNS; }

static HRESULT answer_of(Object *self, DISPID id, VARIANT *answer)
{
    const WCHAR *slash;
    if (id == APPLICATION_OF) { object(answer, new_object(APPLICATION, L"")); return S_OK; }
    if (is_range(self)) switch (id) {
        case VALUE: case VALUE2: return self->cells ? values(self, id == VALUE2, answer) : DISP_E_MEMBERNOTFOUND;
        case ROW: number(answer, self->row); return S_OK;
        case COLUMN: number(answer, self->column); return S_OK;
        case ROWS_OF: object(answer, part(self, ROWS)); return S_OK;
        case COLUMNS_OF: object(answer, part(self, COLUMNS)); return S_OK;
        case COUNT: number(answer, count(self)); return S_OK;
        case ADDRESS: address(self, answer); return S_OK;
        case WORKSHEET: case PARENT: object(answer, new_object(SHEET, self->sheet)); return S_OK;
        default: return DISP_E_MEMBERNOTFOUND;
    }
    if (self->kind == SHEET && id == NAME) { text(answer, self->sheet); return S_OK; }
    if (self->kind == SHEET && id == PARENT) { object(answer, new_object(BOOK, L"")); return S_OK; }
    if (self->kind == SHEETS && id == COUNT) { number(answer, count(self)); return S_OK; }
    if (self->kind == SHEETS && id == NEW_ENUM) {
        Sheets *sheets = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *sheets);
        sheets->face.lpVtbl = &SHEETS_METHODS;
        sheets->references = 1;
        answer->vt = VT_UNKNOWN;
        answer->punkVal = (IUnknown *)&sheets->face;
        return S_OK;
    }
    if (self->kind == BOOK && id == SHEETS_OF) { object(answer, new_object(SHEETS, L"")); return S_OK; }
    if (self->kind == BOOK && id == FULL_NAME) { text(answer, book_name); return S_OK; }
    if (self->kind == BOOK && id == NAME) {
        slash = wcsrchr(book_name, L'\\');
        text(answer, slash ? slash + 1 : book_name);
        return S_OK;
    }
    if (self->kind == APPLICATION && id == NAME) { text(answer, L"Microsoft Excel"); return S_OK; }
    if (self->kind == APPLICATION && id == HWND_OF) { number(answer, (long)(LONG_PTR)window()); return S_OK; }
    return DISP_E_MEMBERNOTFOUND;
}

/* ---- IDispatch */

static HRESULT STDMETHODCALLTYPE query(IDispatch *self, REFIID wanted, void **found)
{
    int known = IsEqualIID(wanted, &IID_IUnknown) || IsEqualIID(wanted, &IID_IDispatch);
    *found = known ? self : NULL;
    if (known) InterlockedIncrement(&((Object *)self)->references);
    return known ? S_OK : E_NOINTERFACE;
}
static ULONG STDMETHODCALLTYPE add(IDispatch *self) { return InterlockedIncrement(&((Object *)self)->references); }
static ULONG STDMETHODCALLTYPE release(IDispatch *self)
{
    Object *object = (Object *)self;
    LONG left = InterlockedDecrement(&object->references);
    if (!left) {
        SysFreeString(object->sheet);
        if (object->cells) SafeArrayDestroy(object->cells);
        HeapFree(GetProcessHeap(), 0, object);
    }
    return left;
}

/* A type with a name and a number is all that is asked for, so it has no members: names go through GetIDsOfNames. */
static ITypeInfo *type_info(enum kind kind)
{
    ICreateTypeLib2 *library;
    ICreateTypeInfo *made;
    GUID ours = {0x6F647231, 0, 1, {0x80, 1, 1, 1, 1, 1, 1, 1}};
    if (type_infos[kind]) return type_infos[kind];
    if (FAILED(CreateTypeLib2(SYS_WIN64, L"excel-stand-in.tlb", &library))) return NULL;
    ICreateTypeLib2_SetName(library, (WCHAR *)L"Excel");
    ICreateTypeLib2_SetGuid(library, &ours);
    if (FAILED(ICreateTypeLib2_CreateTypeInfo(library, (WCHAR *)TYPES[kind].name, TKIND_DISPATCH, &made))) return NULL;
    ICreateTypeInfo_SetGuid(made, &TYPES[kind].number);
    ICreateTypeInfo_LayOut(made);
    ICreateTypeInfo_QueryInterface(made, &IID_ITypeInfo, (void **)&type_infos[kind]);
    return type_infos[kind];
}

static HRESULT STDMETHODCALLTYPE type_count(IDispatch *self, UINT *count) { (void)self; *count = 1; return S_OK; }
static HRESULT STDMETHODCALLTYPE type_of(IDispatch *self, UINT index, LCID locale, ITypeInfo **found)
{
    (void)locale;
    *found = index ? NULL : type_info(((Object *)self)->kind);
    if (!*found) return DISP_E_BADINDEX;
    ITypeInfo_AddRef(*found);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE ids(IDispatch *self, REFIID none, LPOLESTR *names, UINT count, LCID locale, DISPID *found)
{
    VARIANT tried;
    (void)none; (void)locale; (void)count;
    found[0] = DISPID_UNKNOWN;
    for (unsigned i = 0; i < ARRAYSIZE(NAMES); i++) {
        if (lstrcmpiW(names[0], NAMES[i].name)) continue;
        VariantInit(&tried);
        if (FAILED(answer_of((Object *)self, NAMES[i].id, &tried))) break;
        VariantClear(&tried);
        found[0] = NAMES[i].id;
        return S_OK;
    }
    /* A question that Excel would have answered must not pass unseen; the names of Python's own begin with "_". */
    if (names[0][0] != L'_') wsprintfW(unknown, L"%s.%.100s", TYPES[((Object *)self)->kind].name, names[0]);
    return DISP_E_UNKNOWNNAME;
}

static HRESULT STDMETHODCALLTYPE invoke(IDispatch *self, DISPID id, REFIID none, LCID locale, WORD flags, DISPPARAMS *given,
                                        VARIANT *answer, EXCEPINFO *error, UINT *argument)
{
    VARIANT ignored;
    (void)none; (void)locale; (void)flags; (void)given; (void)error; (void)argument;
    if (!answer) answer = &ignored;
    VariantInit(answer);
    return answer_of((Object *)self, id, answer);
}

static IDispatchVtbl OBJECT_METHODS = {query, add, release, type_count, type_of, ids, invoke};
