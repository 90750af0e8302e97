/* Cell values as text: tokens between tabs, each a letter and its content.
 *
 *   M            argument left out             E            blank cell
 *   R1.5         number                        I3           whole number (only Python answers with one)
 *   D46295.5     date                          C1.25        amount of money
 *   B1, B0       TRUE, FALSE                   X-2146826246 error, as its number
 *   S...         text; \t, \n, \r and \\ stand for themselves
 *   A2:3         2-D array, then its 6 cells by rows
 *   L3           1-D array, then its 3 cells
 *   G2:3:5:1     range of 2 x 3 cells from row 5, column 1; then its sheet's name, then its 6 cells
 */
#ifndef VALUES_H
#define VALUES_H
#include <windows.h>
#include <oleauto.h>

typedef struct { char *next; } Tokens;

char *next_token(Tokens *tokens);                  /* NULL after the last one */
int read_value(Tokens *tokens, VARIANT *value);    /* 0 when there is no value, or no such value */
void write_value(const VARIANT *value);            /* to the standard output, a tab before each token */
void write_text(const WCHAR *text);                /* the same for a text, without its letter */
BSTR wide(const char *text);                       /* UTF-8 with the escapes above */
#endif
