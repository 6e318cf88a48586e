"""Let Rasa learn what is asked from the turns of the labelled conversations too.

A follow-up («thế hết nhiêu tiền») is said otherwise than a question that stands alone; the
conversations hold thousands of them, each labelled with what it asks.
"""

from __future__ import annotations

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.conversations import read_turns

__all__ = ["ConversationImporter"]


class ConversationImporter(RasaFileImporter):
    """Reads the project's files as ever, and adds the conversations to the intent examples."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        conversations: str = "",
    ) -> None:
        """Take Rasa's paths, and that of the conversations beside the configuration."""
        super().__init__(config_file, domain_path, training_data_paths)
        folder = Path(config_file).parent if config_file else Path()
        self._conversations = folder / conversations

    def get_nlu_data(self, language: str | None = "vi") -> TrainingData:
        """The examples of the files, and every labelled turn that is not among them."""
        data = super().get_nlu_data(language)
        known = {example.get(TEXT) for example in data.intent_examples}
        turns = {turn.text: turn.intent for turn in read_turns(self._conversations) if turn.intent}
        new = [
            Message(data={TEXT: text, INTENT: intent})
            for text, intent in turns.items()
            if text not in known
        ]
        return data.merge(TrainingData(training_examples=new))
