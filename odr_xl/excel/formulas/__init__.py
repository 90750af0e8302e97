"""The formulas by what they answer; `odr_xl.excel.functions`, which Excel imports, lists them all."""
