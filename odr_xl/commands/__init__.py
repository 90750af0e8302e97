"""The commands of ``odr-xl``, one module for each thing that a seller wants; `app` is what they share."""
