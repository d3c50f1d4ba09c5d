"""The card of a repository: the block of metadata that the hub reads, how to load it, and the bundle's own card."""

from __future__ import annotations

import json

from export.bundle import BundleInfo

LIBRARY = "convae"
TAGS = ("autoencoder", "convolutional-autoencoder", "image-reconstruction", "latent-space", "onnx", "convae")
LOADING = """\
## Load it

    from autoencoder_convae import AutoencoderConvAE, to_pixels

    model = AutoencoderConvAE.from_pretrained(".")
    latents = model.encode(images).latents   # images: float (B, 3, H, W) in [-1, 1]
    pixels = to_pixels(model.decode(latents).sample)

torch and safetensors are all that the loader needs. `python -m export.from_diffusers . --out BUNDLE` makes a bundle for
convae-desktop of it again.
"""


def write_card(info: BundleInfo, card: str, license_id: str) -> str:
    """The repository's `README.md`; in its metadata, text from the bundle stands in quotes, as YAML takes JSON's."""
    quality = info.quality
    metrics = (("psnr", "PSNR (dB)", quality.psnr_db), ("ssim", "SSIM", quality.ssim))
    lines = [
        "---",
        f"license: {json.dumps(license_id)}",
        f"library_name: {LIBRARY}",
        "pipeline_tag: image-to-image",
        "tags:",
        *(f"- {tag}" for tag in TAGS),
        "model-index:",
        f"- name: {_quoted(info.name)}",
        "  results:",
        "  - task:",
        "      type: image-to-image",
        "      name: Reconstruction of held-out pictures",
        "    dataset:",
        f"      name: {_quoted(quality.data)}",
        "      type: held-out",
        "    metrics:",
    ]
    for kind, name, value in metrics:
        lines += [f"    - type: {kind}", f"      name: {json.dumps(name)}", f"      value: {value!r}"]
    return "\n".join([*lines, "---", "", card.rstrip(), "", LOADING])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
