"""Failures of a training that its user can cure. The messages are whole sentences, shown as they are."""


class TrainerError(Exception):
    """Base of every error that `convae-train` reports in one sentence, with exit status 2.

    Args:
        message: The sentence.
        cure: Options, as they are typed, with which the same training may not fail; "" where there are none.
    """

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.cure = cure


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
