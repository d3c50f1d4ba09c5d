"""The contract between export and desktop: what a bundle is, how it is read, checked and written.

`export.bundle.bundle` says what a bundle holds. This package imports the standard library alone, and numpy where it
reads arrays, so that the desktop can use it without torch or onnx.
"""

from export.bundle.bundle import (
    FORMAT_VERSION,
    GALLERY_FILE,
    INFO_FILE,
    LARGEST_FILE_BYTES,
    LARGEST_INFO_BYTES,
    PROOF_FILE,
    REQUIRED_FILES,
    SAMPLERS_FILE,
    Bundle,
    check_place,
    is_bundle,
    read_bundle,
    write_bundle,
)
from export.bundle.info import (
    ArchitectureInfo,
    BundleInfo,
    Concept,
    ErrorThreshold,
    Floor,
    GraphCost,
    GraphInfo,
    LatentInfo,
    Parity,
    Placement,
    PrecisionCheck,
    Quality,
    SamplerInfo,
    SizeRule,
    TensorInfo,
)
from export.bundle.store import BundleError

__all__ = [
    "FORMAT_VERSION",
    "GALLERY_FILE",
    "INFO_FILE",
    "LARGEST_FILE_BYTES",
    "LARGEST_INFO_BYTES",
    "PROOF_FILE",
    "REQUIRED_FILES",
    "SAMPLERS_FILE",
    "ArchitectureInfo",
    "Bundle",
    "BundleError",
    "BundleInfo",
    "Concept",
    "ErrorThreshold",
    "Floor",
    "GraphCost",
    "GraphInfo",
    "LatentInfo",
    "Parity",
    "Placement",
    "PrecisionCheck",
    "Quality",
    "SamplerInfo",
    "SizeRule",
    "TensorInfo",
    "check_place",
    "is_bundle",
    "read_bundle",
    "write_bundle",
]
