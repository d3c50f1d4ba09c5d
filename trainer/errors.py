"""Failures of a training that its user can cure. The messages are whole sentences, shown as they are.

Those that a window shows have a template and values, by which it can say them in another language.
"""

from trainer.run.contract.sentence import Sentence


class TrainerError(Exception):
    """Base of every error that `convae-train` reports in one sentence, with exit status 2.

    Args:
        template: The sentence, or its template where there are values.
        cure: Options, as they are typed, with which the same training may not fail; "" where there are none.
        values: What the template's fields are filled with.
    """

    def __init__(self, template: str, cure: str = "", **values: object) -> None:
        self.sentence = template if isinstance(template, Sentence) else Sentence(template, **values)
        super().__init__(self.sentence)
        self.cure = cure

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence


class ConfigError(TrainerError):
    """Options that contradict one another or are out of range."""


class DataError(TrainerError):
    """Pictures that are missing or cannot be used."""


class CheckpointError(TrainerError):
    """A run folder or checkpoint that cannot be read, or belongs to another configuration."""


class NoMemoryError(TrainerError):
    """A training for which the machine, or its GPU, has too little memory."""


class LostProcessError(TrainerError):
    """Another process of the same training ended, or cannot be reached.

    The message has no full stop: what can be gone on with is added to it.
    """


class DivergedError(TrainerError):
    """A training whose loss grew beyond all bounds or stopped being a number.

    The message has no full stop: what can be gone on with is added to it.
    """
