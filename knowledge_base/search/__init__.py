"""Find the procedure a citizen means: lexical and dense retrieval, fused, with a confidence."""

from knowledge_base.search.config import SearchConfig, load_search_config
from knowledge_base.search.context import MOST_SAID
from knowledge_base.search.decision import Decision, Verdict
from knowledge_base.search.engine import SearchEngine, build_search_engine
from knowledge_base.search.followup import Reading, content_words, read_message
from knowledge_base.search.hit import Hit

__all__ = [
    "MOST_SAID",
    "Decision",
    "Hit",
    "Reading",
    "SearchConfig",
    "SearchEngine",
    "Verdict",
    "build_search_engine",
    "content_words",
    "load_search_config",
    "read_message",
]
