"""The exception of the life events.

KnowledgeBaseError
└── FileError
    └── LifeEventError    an event file is wrong (file, line, field, what was expected)
"""

from __future__ import annotations

from knowledge_base.errors import FileError

__all__ = ["LifeEventError"]


class LifeEventError(FileError):
    """An event file is wrong."""
