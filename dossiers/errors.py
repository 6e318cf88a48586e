"""The exceptions of the dossiers package.

DossierError
├── UnknownDossierError         the registry holds no dossier of that code
├── DossierDataError            a data file or a record holds something that cannot be
├── ImportRefusedError          a file to import cannot be read as a whole
├── SourceSettingsError         a setting of the source of dossiers is missing or wrong
├── SlipUnavailableError        there is nothing to print on a slip
├── FieldFault                  a value of a row is not what its field expects (field, expected)
└── SourceError                 another system did not give a usable answer
    ├── SourceUnavailableError  it does not answer, or answers with a failure
    ├── SourceRefusedError      it does not let us in (token, key)
    └── SourceAnswerError       its answer has a wrong shape, or is about another dossier
"""

from __future__ import annotations

__all__ = [
    "DossierDataError",
    "DossierError",
    "FieldFault",
    "ImportRefusedError",
    "SlipUnavailableError",
    "SourceAnswerError",
    "SourceError",
    "SourceRefusedError",
    "SourceSettingsError",
    "SourceUnavailableError",
    "UnknownDossierError",
]


class DossierError(Exception):
    """Base of every error of this package."""


class UnknownDossierError(DossierError, KeyError):
    """The registry holds no dossier of this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return f"Không có hồ sơ nào mang mã {self.code!r} trong sổ."


class DossierDataError(DossierError, ValueError):
    """A data file or a record holds something that cannot be."""


class ImportRefusedError(DossierError):
    """A file to import cannot be read as a whole."""


class SourceSettingsError(DossierError, ValueError):
    """A setting of the source of dossiers is missing or wrong."""


class SlipUnavailableError(DossierError):
    """There is nothing to print on this slip, or not for this caller."""


class FieldFault(DossierError, ValueError):
    """A value of a row is not what its field expects; caught by the reader of the row."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: {expected}")
        self.field = field
        self.expected = expected


class SourceError(DossierError):
    """Another system did not give a usable answer; `source` names it."""

    def __init__(self, source: str, message: str) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source


class SourceUnavailableError(SourceError):
    """The other system does not answer, or answers with a failure."""


class SourceRefusedError(SourceError):
    """The other system does not let us in."""


class SourceAnswerError(SourceError):
    """The answer of the other system has a wrong shape, or is about another dossier."""
