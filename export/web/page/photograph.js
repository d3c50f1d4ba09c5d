// How a photograph becomes what the model sees: cut to the middle and resized with Lanczos as Pillow does it, or whole and
// continued by its mirror image up to the model's multiple. The rules are the desktop's, `desktop/engine/framing.py`.

const REDUCED = 3; // times the size wanted: down to this a large picture is first made smaller by whole factors
const SUPPORT = 3; // of the Lanczos window, in pixels of the smaller picture
const ONE = 2 ** 22; // the whole weight of a pixel's neighbours
const LARGEST_PIXELS = 16e6; // canvases of phones hold no more
export const LARGEST_SIDE = 512; // of a whole picture given to a model of free size, in pixels

/** A picture: {width, height, pixels: Uint8 RGB}. */
function picture(width, height, pixels) {
  return { width, height, pixels };
}

/** The pixels of an image file, upright and on white; a very large one is made smaller. */
export async function readFile(file) {
  let bitmap = await createImageBitmap(file);
  const scale = Math.sqrt(LARGEST_PIXELS / (bitmap.width * bitmap.height));
  if (scale < 1) {
    const [resizeWidth, resizeHeight] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.floor(side * scale)));
    bitmap = await createImageBitmap(bitmap, { resizeWidth, resizeHeight, resizeQuality: "high" });
  }
  const { width, height } = bitmap;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return picture(width, height, withoutAlpha(context.getImageData(0, 0, width, height).data));
}

function withoutAlpha(rgba) {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    pixels[to] = rgba[from];
    pixels[to + 1] = rgba[from + 1];
    pixels[to + 2] = rgba[from + 2];
  }
  return pixels;
}

/** The middle of a picture in the aspect of `width` x `height`, resized to that. */
export function cropped(source, width, height) {
  const wide = Math.min(source.width, Math.max(1, Math.floor((source.height * width) / height)));
  const high = Math.min(source.height, Math.max(1, Math.floor((source.width * height) / width)));
  const [left, top] = [Math.floor((source.width - wide) / 2), Math.floor((source.height - high) / 2)];
  return resized(source, { left, top, width: wide, height: high }, width, height);
}

/** A whole picture with no side above `LARGEST_SIDE`, and its sides rounded up to a multiple: {seen, input}. */
export function whole(source, multiple) {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(source.width, source.height));
  const [width, height] = [source.width, source.height].map((side) => Math.max(1, Math.round(side * scale)));
  const seen = resized(source, { left: 0, top: 0, width: source.width, height: source.height }, width, height);
  return { seen, input: mirrored(seen, up(width, multiple), up(height, multiple)) };
}

function up(length, multiple) {
  return Math.ceil(length / multiple) * multiple;
}

/** Where a place past the end of a line lies in its mirror image. */
function reflect(place, length) {
  if (length === 1) return 0;
  const turn = place % (2 * (length - 1));
  return turn < length ? turn : 2 * (length - 1) - turn;
}

function mirrored(source, width, height) {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (reflect(y, source.height) * source.width + reflect(x, source.width)) * 3;
      for (let colour = 0; colour < 3; colour++) pixels[to++] = source.pixels[from + colour];
    }
  return picture(width, height, pixels);
}

/** The first columns and rows of a picture. */
export function cut(source, width, height) {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = y * source.width * 3;
    pixels.set(source.pixels.subarray(from, from + width * 3), y * width * 3);
  }
  return picture(width, height, pixels);
}

function resized(source, box, width, height) {
  const exact = box.width === width && box.height === height;
  if (exact) return cut({ ...source, pixels: source.pixels.subarray((box.top * source.width + box.left) * 3) }, width, height);
  const scales = [box.width / width, box.height / height];
  const factors = scales.map((scale) => Math.max(1, Math.floor(scale / REDUCED)));
  const small = factors.some((factor) => factor > 1) ? reduced(source, box, scales, factors) : { source, box };
  const across = resampled(small.source, small.box.left, small.box.width, width, true);
  return resampled(across, small.box.top, small.box.height, height, false);
}

/** The means of blocks of pixels, in the box and as far around it as Lanczos looks; and where the box lies in them. */
function reduced(source, box, scales, factors) {
  const [aroundX, aroundY] = scales.map((scale) => SUPPORT * scale);
  const [left, top] = [Math.max(0, Math.trunc(box.left - aroundX)), Math.max(0, Math.trunc(box.top - aroundY))];
  const right = Math.min(source.width, Math.ceil(box.left + box.width + aroundX));
  const bottom = Math.min(source.height, Math.ceil(box.top + box.height + aroundY));
  const [factorX, factorY] = factors;
  const [width, height] = [Math.ceil((right - left) / factorX), Math.ceil((bottom - top) / factorY)];
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3) {
      const [startX, startY] = [left + x * factorX, top + y * factorY];
      const block = { startX, startY, endX: Math.min(right, startX + factorX), endY: Math.min(bottom, startY + factorY) };
      pixels.set(mean(source, block), to);
    }
  const [fromLeft, fromTop] = [(box.left - left) / factorX, (box.top - top) / factorY];
  const inside = { left: fromLeft, top: fromTop, width: box.width / factorX, height: box.height / factorY };
  return { source: picture(width, height, pixels), box: inside };
}

function mean(source, { startX, startY, endX, endY }) {
  const sums = [0, 0, 0];
  for (let y = startY; y < endY; y++)
    for (let x = startX; x < endX; x++) {
      const from = (y * source.width + x) * 3;
      for (let colour = 0; colour < 3; colour++) sums[colour] += source.pixels[from + colour];
    }
  const count = (endX - startX) * (endY - startY);
  const share = Math.trunc(Math.fround(2 ** 24 / count)); // of one pixel, in whole numbers as Pillow divides
  return sums.map((sum) => Math.floor(((sum + Math.floor(count / 2)) * share) / 2 ** 24));
}

function lanczos(distance) {
  if (distance === 0) return 1;
  if (Math.abs(distance) >= SUPPORT) return 0;
  const angle = Math.PI * distance;
  return (SUPPORT * Math.sin(angle) * Math.sin(angle / SUPPORT)) / (angle * angle);
}

/** One direction of a resize, with weights in whole parts of `ONE` and rounded to whole levels after it, as Pillow does. */
function resampled(source, start, length, wanted, isAcross) {
  const scale = length / wanted;
  const stretch = Math.max(1, scale);
  const [stride, other] = isAcross ? [3, source.height] : [source.width * 3, source.width];
  const limit = isAcross ? source.width : source.height;
  const [width, height] = isAcross ? [wanted, source.height] : [source.width, wanted];
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let place = 0; place < wanted; place++) {
    const centre = start + (place + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - SUPPORT * stretch + 0.5));
    const last = Math.min(limit, Math.trunc(centre + SUPPORT * stretch + 0.5));
    const weights = [];
    for (let from = first; from < last; from++) weights.push(lanczos((from - centre + 0.5) / stretch));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const parts = weights.map((weight) => Math.sign(weight) * Math.floor((Math.abs(weight) / total) * ONE + 0.5));
    for (let line = 0; line < other; line++)
      for (let colour = 0; colour < 3; colour++) {
        let from = (isAcross ? line * source.width * 3 : line * 3) + first * stride + colour;
        let sum = ONE / 2;
        for (const part of parts) {
          sum += part * source.pixels[from];
          from += stride;
        }
        pixels[(isAcross ? line * width + place : place * width + line) * 3 + colour] = Math.floor(sum / ONE);
      }
  }
  return picture(width, height, pixels);
}
