// A model's latent space: groups of sliders, each counted in units of how far the training latents spread along it.
//
// A latent is {numbers: Float32Array, shape: [D] or [C, h, w]}. The meaning is the desktop's, `desktop/engine/latents.py`.

/** Whether two shapes are one. */
export function sameShape(first, second) {
  return first.length === second.length && first.every((length, place) => length === second[place]);
}

function dot(matrix, row, vector) {
  const start = row * vector.length;
  let sum = 0;
  for (let place = 0; place < vector.length; place++) sum += matrix[start + place] * vector[place];
  return sum;
}

/** Unit vectors through the whole latent, rows of `vectors`; they fit latents of the trained shape alone. */
class Linear {
  constructor(vectors, spread, mean, shape) {
    Object.assign(this, { vectors, spread, mean, shape, length: spread.length });
  }

  /** Where a latent lies along each direction, the mean at 0; null where they do not fit its shape. */
  positions(latent) {
    if (!sameShape(latent.shape, this.shape)) return null;
    const centred = latent.numbers.map((number, place) => number - this.mean[place]);
    return Float64Array.from(this.spread, (spread, row) => dot(this.vectors, row, centred) / spread);
  }

  /** Adds to `numbers` what moving by `offsets` changes. */
  add(offsets, numbers) {
    for (let row = 0; row < offsets.length; row++) {
      const length = offsets[row] * this.spread[row];
      const start = row * numbers.length;
      if (length !== 0)
        for (let place = 0; place < numbers.length; place++) numbers[place] += length * this.vectors[start + place];
    }
  }
}

/** A vector's own numbers, or the channels of a map of any height and width; a channel's cells move together. */
class Channels {
  constructor(mean, spread) {
    Object.assign(this, { mean, spread, length: spread.length });
  }

  positions(latent) {
    const cells = latent.numbers.length / this.length;
    return Float64Array.from(this.spread, (spread, channel) => {
      let sum = 0;
      for (let cell = 0; cell < cells; cell++) sum += latent.numbers[channel * cells + cell];
      return (sum / cells - this.mean[channel]) / spread;
    });
  }

  add(offsets, numbers) {
    const cells = numbers.length / this.length;
    for (let channel = 0; channel < this.length; channel++) {
      const added = offsets[channel] * this.spread[channel];
      for (let cell = 0; cell < cells; cell++) numbers[channel * cells + cell] += added;
    }
  }
}

/** The groups of sliders by name, from the page's description of the model and its arrays. */
export function latentSpace(model, arrays) {
  const shape = model.latent;
  const groups = { numbers: new Channels(arrays.number_mean, arrays.number_spread) };
  for (const name of ["concepts", "independent", "axes"])
    if (arrays[name]) groups[name] = new Linear(arrays[name], arrays[`${name}_spread`], arrays.mean, shape);
  return { shape, mean: { numbers: arrays.mean, shape }, groups };
}

/** A state whose sliders stand where its base lies; `origin` is {kind, detail}. */
export function startFrom(base, origin) {
  return { base, origin, offsets: {} };
}

const known = new WeakMap(); // where bases lie, so that it is computed once for each of them

function startsOf(base, space, name) {
  if (!known.has(base)) known.set(base, {});
  const starts = known.get(base);
  if (!(name in starts)) starts[name] = space.groups[name].positions(base);
  return starts[name];
}

/** Where a group's sliders start and where they stand, in units of spread; null where they do not fit the base. */
export function slidersOf(state, space, name) {
  const starts = startsOf(state.base, space, name);
  const offsets = state.offsets[name];
  return starts && { starts, values: starts.map((start, place) => start + (offsets ? offsets[place] : 0)) };
}

/** The state with one slider elsewhere; at its start the offset is 0 exactly. */
export function moved(state, space, name, index, position) {
  const starts = startsOf(state.base, space, name);
  const offsets = Float64Array.from(state.offsets[name] ?? new Float64Array(starts.length));
  offsets[index] = position - starts[index];
  return { ...state, offsets: { ...state.offsets, [name]: offsets } };
}

/** The steered latent; the base itself, to the last bit, where nothing was moved. */
export function latentOf(state, space) {
  const groups = Object.entries(state.offsets).filter(([, offsets]) => offsets.some((offset) => offset !== 0));
  if (groups.length === 0) return state.base;
  const numbers = new Float64Array(state.base.numbers);
  for (const [name, offsets] of groups) space.groups[name].add(offsets, numbers);
  return { numbers: Float32Array.from(numbers), shape: state.base.shape };
}
