"""The model card: what a person must know before using a bundle."""

from __future__ import annotations

from export.bundle import BundleInfo, Concept, ErrorThreshold, GraphCost, Parity, Placement, SizeRule
from export.report.report import speed_words
from trainer.options.command_line import training_command
from trainer.options.config import TrainConfig

GOOD_SCORE = 0.9


def write_card(info: BundleInfo, config: TrainConfig, trained_pictures: int, steps_done: int, notes: str = "") -> str:
    """The bundle's `README.md`, as Markdown.

    Args:
        info: What `bundle.json` will say.
        config: What the network was trained with; of `data` only the folder's name is told.
        trained_pictures: How many pictures it was trained on.
        steps_done: How many steps of training it had.
        notes: Markdown from whoever exports; stands before the limits.
    """
    latent = " x ".join(map(str, info.latent.shape))
    quality, optimizer = info.quality, "Muon" if config.uses_muon else "AdamW"
    return f"""\
# {info.name}

A convolutional autoencoder (`{info.architecture.name}`, {config.network.head} head) made with ConvAE.
`encoder.onnx` turns a picture into {_latent_words(info.latent.kind, latent)}; `decoder.onnx` turns it back.
Open this folder in `convae-desktop`, or run the two files with any ONNX runtime.

| | |
| --- | --- |
| picture | uint8 `[N, H, W, 3]`, RGB, 0 to 255; {_size_words(info.size)} |
| latent | float32 `[N, {latent.replace(" x ", ", ")}]`, of one picture of the trained size |
| precision | {info.precision}, ONNX opset {info.opset} |

| | nodes | parameters | FLOPs for one picture | file |
| --- | --- | --- | --- | --- |
{_cost_row("encoder.onnx", info.encoder_cost)}
{_cost_row("decoder.onnx", info.decoder_cost)}

Scaling to [0, 1], clamping and rounding are inside the graphs: give pixels, get pixels.

## Data

Trained on {trained_pictures:,} pictures. Source: {quality.data}

The terms under which those pictures may be used hold for what is made from this model, too.

## Training

{steps_done:,} steps of {optimizer} on {_objective(config)}, seed {config.run.seed}. To repeat it:

    {training_command(config)}

Every option is in `bundle.json`, under `training`.

## Quality

Measured through these very files, on {quality.pictures:,} pictures held out from training, averaged over pictures:

| PSNR | SSIM |
| --- | --- |
| {quality.psnr_db:.2f} dB | {quality.ssim:.4f} |

{_check_words(info)}
{_threshold_words(info.thresholds)}
## Parity

{_parity_words(info.parity)}

{_placement_words(info.placement)}
{_concept_words(info.concepts)}{_notes_words(notes)}
## Limits

- It reconstructs best what resembles its training pictures; others come back blurred or changed towards those.
- Errors of single pixels favour smooth pictures: fine texture is the first thing lost.
- Axes are found without labels, by their variance or by their independence. They need not stand for one property each.
"""


def _latent_words(kind: str, latent: str) -> str:
    return f"a feature map of {latent} numbers" if kind == "map" else f"{latent} numbers"


def _objective(config: TrainConfig) -> str:
    """What the training made small."""
    parts = [f"the loss `{config.objective.loss}` of pixels"]
    parts += [
        f"{weight:g} x {name}"
        for name, weight in (("(1 - SSIM)", config.objective.ssim), ("LPIPS", config.objective.perceptual))
        if weight
    ]
    if config.objective.label_weight:
        parts.append(f"{config.objective.label_weight:g} x the error of a linear reading of the labels from the latent")
    return " + ".join(parts)


def _size_words(size: SizeRule) -> str:
    trained = f"{size.height}x{size.width} pixels"
    if size.kind == "fixed":
        return f"{trained} and no other size"
    return f"trained at {trained}, takes any height and width that are multiples of {size.multiple}"


def _parity_words(parity: Parity) -> str:
    sizes = ", ".join(f"{height}x{width}" for height, width in parity.sizes)
    batches = ", ".join(map(str, parity.batch_sizes))
    return f"""\
Compared with the trained network in torch, on held-out pictures and on noise, at {sizes} pixels, in batches of
{batches}, with onnxruntime's {parity.provider}:

| | largest difference | mean difference |
| --- | --- | --- |
| latent, in standard deviations | {parity.latent_largest:.2g} | {parity.latent_mean:.2g} |
| decoded, in levels of 0 to 255 | {parity.image_largest:.2g} | {parity.image_mean:.2g} |
| there and back, in levels of 0 to 255 | {parity.round_trip_largest:.2g} | {parity.round_trip_mean:.2g} |

Pictures that went through both graphs have a PSNR of {parity.psnr_db:.1f} dB to those that went through torch."""


def _cost_row(name: str, cost: GraphCost) -> str:
    size = f"{cost.file_bytes / 1e6:.2f} MB"
    return f"| `{name}` | {cost.nodes:,} | {cost.parameters:,} | {cost.flops / 1e9:.3f} G | {size} |"


def _check_words(info: BundleInfo) -> str:
    """What the precision costs and gains."""
    check = info.precision_check
    time_words = f"A picture takes {check.milliseconds:.1f} ms through both graphs on {check.processor}"
    if info.precision == "fp32":
        return f"{time_words}."
    return f"""\
On {check.pictures:,} held-out pictures {info.precision} costs {check.psnr_loss_db:.3f} dB of PSNR. Reconstructions have
{check.psnr_to_reference_db:.1f} dB to those of the network itself in fp32.

{time_words}, and {check.fp32_milliseconds:.1f} ms in fp32: {speed_words(info)}."""


def _threshold_words(thresholds: tuple[ErrorThreshold, ...]) -> str:
    """The errors of ordinary pictures."""
    if not thresholds:
        return ""
    rows = "\n".join(f"| {each.false_alarm_rate:g} | {each.mean_squared_error:.6f} |" for each in thresholds)
    return f"""
Of ordinary pictures this share has a larger mean squared error, on pixels in [0, 1]:

| share | error |
| --- | --- |
{rows}
"""


def _placement_words(placement: Placement) -> str:
    how = "in a run on one" if placement.source == "measured" else "by onnxruntime's list of operators, without a run"
    if not placement.outside_gpu:
        return f"With CUDA, all nodes stay on the GPU ({how})."
    return f"With CUDA, these nodes leave the GPU ({how}): {', '.join(placement.outside_gpu)}."


def _notes_words(notes: str) -> str:
    """The notes under a heading of their own, unless they begin with one."""
    if not notes:
        return ""
    return f"\n{notes}\n" if notes.startswith("#") else f"\n## Notes\n\n{notes}\n"


def _concept_words(concepts: tuple[Concept, ...]) -> str:
    """A row for each concept."""
    if not concepts:
        return ""
    rows = "\n".join(
        f"| {each.name} | {each.score:.2f} {each.measure} | {each.leak:.2f} {each.leaks_to or ''} |"
        for each in concepts
    )
    good = sum(each.score >= GOOD_SCORE for each in concepts)
    return f"""
## Concepts

Directions found by the labels of training pictures. The score is that of a linear probe on held-out pictures: balanced
accuracy of a value, for which chance is 0.5, or R2 of a number. The leak is what else moves: while the probe's own
reading of decoded pictures changes by one standard deviation, that of the property named changes by this many of its
own. {good} of the {len(concepts)} score {GOOD_SCORE} or more.

| concept | score | leak |
| --- | --- | --- |
{rows}
"""
