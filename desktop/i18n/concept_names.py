"""What concepts are called: a bundle's names as words, and those of the built-in characters translated."""

from __future__ import annotations

import re

from desktop.i18n import mark, tr

# What the labels of the built-in characters say; other names stay as their bundle has them.
KNOWN = (
    mark("Agape"),
    mark("Angry"),
    mark("Any"),
    mark("Background lightness"),
    mark("Background redness"),
    mark("Background warmth"),
    mark("Beard"),
    mark("Bow"),
    mark("Bun"),
    mark("Chin"),
    mark("Chin moustache"),
    mark("Clothes"),
    mark("Clothes lightness"),
    mark("Clothes redness"),
    mark("Clothes warmth"),
    mark("Dress"),
    mark("Eyebrows"),
    mark("Eyes"),
    mark("Full beard"),
    mark("Glasses"),
    mark("Hair"),
    mark("Hair lightness"),
    mark("Hair redness"),
    mark("Hair warmth"),
    mark("Happy"),
    mark("Humble"),
    mark("Laugh"),
    mark("Long beard"),
    mark("Long straight"),
    mark("Long wavy"),
    mark("Moustache twirl"),
    mark("Mouth"),
    mark("Neck high"),
    mark("Neutral"),
    mark("None"),
    mark("Open jacket"),
    mark("Raised"),
    mark("Rear hair"),
    mark("Round"),
    mark("Sad"),
    mark("Scale"),
    mark("Shift x"),
    mark("Shift y"),
    mark("Shirt"),
    mark("Shoulder high"),
    mark("Side comed"),
    mark("Skin"),
    mark("Smile"),
    mark("Spiky"),
    mark("Square"),
    mark("T shirt"),
    mark("Tilt"),
    mark("Turn"),
    mark("Turtle neck"),
    mark("Undercut"),
    mark("Wide"),
    mark("Wink"),
)


def spoken(name: str) -> str:
    """A label's name as a person would write it, in the language of the window: `longStraight` is "Long straight"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).strip()
    if not words:
        return name
    rest = " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words[1:].split(" "))
    text = words[0].upper() + rest
    return tr(text) if text in KNOWN else text
