"""What the options of every group share."""

from __future__ import annotations

import pytest

from trainer.errors import ConfigError
from trainer.options.fields import flag, require


def test_an_option_is_refused_by_its_flag_and_its_rule() -> None:
    """The sentence begins with the flag as it is typed; a rule that holds says nothing."""
    require(True, "batch_size", "at least 1")
    with pytest.raises(ConfigError, match=r"^--batch-size must be at least 1\.$"):
        require(False, "batch_size", "at least 1")


def test_a_flag_has_dashes() -> None:
    """As a command line has them, not as Python does."""
    assert flag("kl_warmup_epochs") == "--kl-warmup-epochs"
