"""Why the formulas don't work on a computer: facts gathered from it, and what each of them asks the seller to do."""
