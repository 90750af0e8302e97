/* Stand-ins for the objects of Excel that a formula's call hands to Python: ranges, their sheet, the workbook. */
#ifndef OBJECTS_H
#define OBJECTS_H
#include <windows.h>
#include <oleauto.h>

/* A range takes its cells over: a 2-D array of variants whose first index is 1. */
IDispatch *new_range(const WCHAR *sheet, long row, long column, long rows, long columns, SAFEARRAY *cells);
IDispatch *new_workbook(void);
void set_workbook(const WCHAR *full_name);
const WCHAR *unknown_name(void); /* what Python asked for last and no object had; "" when nothing */
#endif
