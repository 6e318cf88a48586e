"""The exceptions of the audit.

KnowledgeBaseError
└── AuditError
    ├── AuditDataError     a list of the audit (rulebook, dead law, old names…) is wrong
    └── PostingFileError   the record of postings cannot be read (file, line, what was expected)
"""

from __future__ import annotations

from knowledge_base.errors import KnowledgeBaseError

__all__ = ["AuditDataError", "AuditError", "PostingFileError"]


class AuditError(KnowledgeBaseError):
    """Base of every error of the audit."""


class AuditDataError(AuditError):
    """A list that the audit goes by does not have the expected form."""


class PostingFileError(AuditError):
    """The operator's record of postings does not have the expected form."""
