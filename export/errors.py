"""Failures of an export that its user can cure. The messages are whole sentences, shown as they are."""


class ExportError(Exception):
    """Base of every error that `convae-export` reports in one sentence, with exit status 2."""


class GraphError(ExportError):
    """A graph that cannot be made, loaded or run."""


class ParityError(ExportError):
    """A graph whose outputs are not those of the trained network; nothing was written."""


class AdoptError(ExportError):
    """Foreign graphs that cannot be read, or whose meaning cannot be told from what they do."""


class PrecisionError(ExportError):
    """Graphs that lose more against the fp32 network than is allowed; nothing is written."""


class SamplersError(ExportError):
    """The samplers that a run left behind cannot be used."""
