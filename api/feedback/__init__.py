"""What citizens say of an answer: useful or not, and why. Nothing in it names a person."""

from api.feedback.opinion import Opinion, Reason, answer_id, wants_opinion
from api.feedback.store import OpinionStore

__all__ = ["Opinion", "OpinionStore", "Reason", "answer_id", "wants_opinion"]
