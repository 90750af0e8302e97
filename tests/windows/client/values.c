#include "values.h"
#include "objects.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *next_token(Tokens *tokens)
{
    char *token = tokens->next, *end;
    if (!token) return NULL;
    end = strchr(token, '\t');
    if (end) *end = 0;
    tokens->next = end ? end + 1 : NULL;
    return token;
}

BSTR wide(const char *text)
{
    char *plain = malloc(strlen(text) + 1), *to = plain;
    for (; *text; text++, to++) {
        if (*text != '\\' || !text[1]) { *to = *text; continue; }
        text++;
        *to = *text == 't' ? '\t' : *text == 'n' ? '\n' : *text == 'r' ? '\r' : *text;
    }
    *to = 0;
    int size = MultiByteToWideChar(CP_UTF8, 0, plain, -1, NULL, 0);
    BSTR made = SysAllocStringLen(NULL, size - 1);
    MultiByteToWideChar(CP_UTF8, 0, plain, -1, made, size);
    free(plain);
    return made;
}

void write_text(const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text ? text : L"", -1, NULL, 0, NULL, NULL);
    char *plain = malloc(size);
    WideCharToMultiByte(CP_UTF8, 0, text ? text : L"", -1, plain, size, NULL, NULL);
    for (char *from = plain; *from; from++) {
        const char *escape = *from == '\t' ? "\\t" : *from == '\n' ? "\\n" : *from == '\r' ? "\\r" : *from == '\\' ? "\\\\" : NULL;
        if (escape) fputs(escape, stdout); else putchar(*from);
    }
    free(plain);
}

/* Cells by rows into a 2-D array as Excel makes it: first index 1, stored by columns. */
static SAFEARRAY *read_cells(Tokens *tokens, long rows, long columns)
{
    SAFEARRAYBOUND bounds[2] = {{rows, 1}, {columns, 1}};
    SAFEARRAY *array = SafeArrayCreate(VT_VARIANT, 2, bounds);
    VARIANT *cells;
    int good = array != NULL;
    if (!good) return NULL;
    SafeArrayAccessData(array, (void **)&cells);
    for (long row = 0; good && row < rows; row++)
        for (long column = 0; good && column < columns; column++)
            good = read_value(tokens, &cells[column * rows + row]);
    SafeArrayUnaccessData(array);
    if (!good) { SafeArrayDestroy(array); return NULL; }
    return array;
}

int read_value(Tokens *tokens, VARIANT *value)
{
    char *token = next_token(tokens);
    long rows, columns, row, column;
    VariantInit(value);
    if (!token) return 0;
    switch (*token) {
    case 'M': value->vt = VT_ERROR; value->scode = DISP_E_PARAMNOTFOUND; return 1;
    case 'E': return 1;
    case 'R': value->vt = VT_R8; value->dblVal = strtod(token + 1, NULL); return 1;
    case 'D': value->vt = VT_DATE; value->date = strtod(token + 1, NULL); return 1;
    case 'C': value->vt = VT_CY; value->cyVal.int64 = _atoi64(token + 1); return 1;
    case 'B': value->vt = VT_BOOL; value->boolVal = token[1] == '1' ? VARIANT_TRUE : VARIANT_FALSE; return 1;
    case 'X': value->vt = VT_ERROR; value->scode = atol(token + 1); return 1;
    case 'S': value->vt = VT_BSTR; value->bstrVal = wide(token + 1); return 1;
    case 'A':
        if (sscanf(token + 1, "%ld:%ld", &rows, &columns) != 2) return 0;
        value->parray = read_cells(tokens, rows, columns);
        value->vt = VT_ARRAY | VT_VARIANT;
        return value->parray != NULL;
    case 'G': {
        if (sscanf(token + 1, "%ld:%ld:%ld:%ld", &rows, &columns, &row, &column) != 4) return 0;
        char *name = next_token(tokens);
        if (!name) return 0;
        BSTR sheet = wide(name);
        SAFEARRAY *cells = read_cells(tokens, rows, columns);
        if (cells) {
            value->vt = VT_DISPATCH;
            value->pdispVal = new_range(sheet, row, column, rows, columns, cells);
        }
        SysFreeString(sheet);
        return cells != NULL;
    }
    default: return 0;
    }
}

static void write_array(SAFEARRAY *array)
{
    LONG low[2], high[2], at[2];
    UINT dimensions = SafeArrayGetDim(array);
    VARIANT cell;
    if (dimensions > 2) { printf("\t?%u dimensions", dimensions); return; }
    for (UINT d = 0; d < dimensions; d++) {
        SafeArrayGetLBound(array, d + 1, &low[d]);
        SafeArrayGetUBound(array, d + 1, &high[d]);
    }
    if (dimensions == 1) {
        printf("\tL%ld", high[0] - low[0] + 1);
        for (at[0] = low[0]; at[0] <= high[0]; at[0]++) {
            VariantInit(&cell);
            SafeArrayGetElement(array, at, &cell);
            write_value(&cell);
            VariantClear(&cell);
        }
        return;
    }
    printf("\tA%ld:%ld", high[0] - low[0] + 1, high[1] - low[1] + 1);
    for (at[0] = low[0]; at[0] <= high[0]; at[0]++)
        for (at[1] = low[1]; at[1] <= high[1]; at[1]++) {
            VariantInit(&cell);
            SafeArrayGetElement(array, at, &cell);
            write_value(&cell);
            VariantClear(&cell);
        }
}

void write_value(const VARIANT *value)
{
    switch (value->vt) {
    case VT_EMPTY: fputs("\tE", stdout); return;
    case VT_R8: printf("\tR%.17g", value->dblVal); return;
    case VT_I4: printf("\tI%ld", (long)value->lVal); return;
    case VT_DATE: printf("\tD%.17g", value->date); return;
    case VT_BOOL: printf("\tB%d", value->boolVal != VARIANT_FALSE); return;
    case VT_ERROR: printf("\tX%ld", (long)value->scode); return;
    case VT_BSTR: fputs("\tS", stdout); write_text(value->bstrVal); return;
    case VT_ARRAY | VT_VARIANT: write_array(value->parray); return;
    default: printf("\t?variant of type %d", value->vt); /* no formula may answer with it */
    }
}
