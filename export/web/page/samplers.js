// Random latents and the way between two latents; what each means is as in the desktop.
import { Generator } from "./random.js";
import { sameShape } from "./latents.js";

const SMALLEST_ANGLE = 1e-3; // radians: nearer to 0 or to half a turn than this, no great circle is told from another

/** A random latent of the trained shape: the same for the same sampler, seed and truncation, here and in the desktop. */
export function draw(space, arrays, name, seed, truncation) {
  const generator = new Generator(seed);
  const mean = arrays.sampler_mean;
  let drawn;
  if (name === "prior") drawn = Float64Array.from(mean, () => generator.normal());
  else if (name === "uniform") drawn = Float64Array.from(mean, () => generator.uniform());
  else drawn = alongAxes(mean, arrays, whitened(arrays, name, generator));
  const numbers = Float32Array.from(mean, (middle, place) => middle + truncation * (drawn[place] - middle));
  return { numbers, shape: space.shape };
}

function whitened(arrays, name, generator) {
  const normal = Float64Array.from(arrays.sampler_spread, () => generator.normal());
  if (name !== "mixture") return normal;
  const axes = normal.length;
  const part = generator.choice(arrays.mixture_weights);
  return normal.map((_, row) => {
    let sum = arrays.mixture_means[part * axes + row];
    for (let column = 0; column < axes; column++)
      sum += arrays.mixture_factors[(part * axes + row) * axes + column] * normal[column];
    return sum;
  });
}

function alongAxes(mean, arrays, coordinates) {
  const numbers = Float64Array.from(mean);
  coordinates.forEach((coordinate, row) => {
    const length = coordinate * arrays.sampler_spread[row];
    for (let place = 0; place < numbers.length; place++)
      numbers[place] += length * arrays.sampler_axes[row * numbers.length + place];
  });
  return numbers;
}

/**
 * The latent at `share` of the way between two of one shape. In coordinates along the principal components it goes along
 * a great circle while its length changes evenly (slerp; Shoemake, 1985); what lies outside them goes along the line.
 */
export function between(space, first, second, share) {
  if (share <= 0) return first;
  if (share >= 1) return second;
  const straight = first.numbers.map((number, place) => number + share * (second.numbers[place] - number));
  const axes = space.groups.axes;
  const [start, end] = [axes?.positions(first), axes?.positions(second)];
  const bent = start && end && greatCircle(start, end, share);
  if (bent) {
    const change = bent.map((position, row) => position - (start[row] + share * (end[row] - start[row])));
    axes.add(change, straight);
  }
  return { numbers: straight, shape: first.shape };
}

/** Whether there is a way between two latents. */
export function canMix(first, second) {
  return Boolean(first && second && sameShape(first.shape, second.shape));
}

function greatCircle(start, end, share) {
  const [from, to] = [Math.hypot(...start), Math.hypot(...end)];
  if (Math.min(from, to) === 0) return null;
  const cosine = start.reduce((sum, position, row) => sum + position * end[row], 0) / (from * to);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  if (!(angle > SMALLEST_ANGLE && angle < Math.PI - SMALLEST_ANGLE)) return null;
  const [near, far] = [Math.sin((1 - share) * angle) / from, Math.sin(share * angle) / to];
  const length = (from + share * (to - from)) / Math.sin(angle);
  return start.map((position, row) => length * (near * position + far * end[row]));
}
