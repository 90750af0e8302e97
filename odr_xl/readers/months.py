"""Names of months in the languages of Amazon's reports, without accents and in lower case."""

from __future__ import annotations

from types import MappingProxyType

_NAMES = (
    "jan january januar janvier janv gennaio gen enero ene januari stycznia sty janeiro",
    "feb february februar fevrier fevr febbraio febrero februari lutego lut fevereiro fev",
    "mar march marz mrz mars marzo maart mrt marca marco",
    "apr april avril avr aprile abril abr kwietnia kwi",
    "may mai maggio mag mayo mei maja maj maio",
    "jun june juni juin giugno giu junio czerwca cze junho",
    "jul july juli juillet juil luglio lug julio lipca lip julho",
    "aug august aout agosto ago augustus sierpnia sie augusti",
    "sep sept september septembre settembre set septiembre wrzesnia wrz setembro",
    "oct october okt oktober octobre ottobre ott octubre pazdziernika paz outubro out",
    "nov november novembre noviembre listopada lis novembro",
    "dec december dez dezember decembre dicembre dic diciembre grudnia gru dezembro",
)

#: Number of the month by its name.
MONTHS = MappingProxyType({name: number for number, names in enumerate(_NAMES, 1) for name in names.split()})
