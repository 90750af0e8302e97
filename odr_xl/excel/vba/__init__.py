"""The workbook's VBA project, from text: the formulas' wrappers, the buttons, xlwings' own modules.

Nothing is imported here: a formula asks for the wrappers' hash, and must not load what writes the project.
"""
