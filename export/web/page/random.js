// Numpy's default generator: a seed gives the same random latent here as in the desktop.
//
// SeedSequence hashes the seed (Melissa O'Neill's seed_seq), PCG64 with the XSL-RR output draws 64-bit numbers (O'Neill,
// 2014), and Marsaglia and Tsang's ziggurat of 256 layers (2000) makes normal ones of them.

const MASK_32 = 0xffffffffn;
const MASK_64 = 0xffffffffffffffffn;
const MASK_128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const POOL = 4;

function mix(first, second) {
  const difference = (Math.imul(0xca01f9dd, first) - Math.imul(0x4973f715, second)) | 0;
  return difference ^ (difference >>> 16);
}

/** Four 64-bit numbers made of a seed, a whole number that is not negative. */
function seedWords(seed) {
  const entropy = [];
  for (let rest = BigInt(seed); rest > 0n || entropy.length === 0; rest >>= 32n) entropy.push(Number(rest & MASK_32));
  let constant = 0x43b0d7e5;
  const hash = (value) => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    const product = Math.imul(mixed, constant);
    return product ^ (product >>> 16);
  };
  const pool = Array.from({ length: POOL }, (_, place) => hash(entropy[place] ?? 0));
  for (let from = 0; from < POOL; from++)
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  for (let from = POOL; from < entropy.length; from++)
    for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to], hash(entropy[from]));
  constant = 0x8b51f9dd;
  const words = Array.from({ length: 2 * POOL }, (_, place) => {
    const mixed = pool[place % POOL] ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    const product = Math.imul(mixed, constant);
    return BigInt((product ^ (product >>> 16)) >>> 0);
  });
  return [0, 2, 4, 6].map((place) => words[place] | (words[place + 1] << 32n));
}

// The edges of the ziggurat's layers: the widest ends at RADIUS, and every layer has the area AREA.
const LAYERS = 256;
const RADIUS = 3.6541528853610088;
const AREA = 0.00492867323399;
const SCALE = 2 ** 52;

/** Whether a draw lies inside its layer, what it is multiplied by, and the density at each layer's edge. */
function ziggurat() {
  const [inside, width, density] = [new Float64Array(LAYERS), new Float64Array(LAYERS), new Float64Array(LAYERS)];
  let edge = RADIUS;
  let above = RADIUS;
  const base = AREA / Math.exp(-0.5 * RADIUS * RADIUS);
  inside[0] = Math.floor((RADIUS / base) * SCALE);
  width[0] = base / SCALE;
  width[LAYERS - 1] = RADIUS / SCALE;
  density[0] = 1;
  density[LAYERS - 1] = Math.exp(-0.5 * RADIUS * RADIUS);
  for (let layer = LAYERS - 2; layer > 0; layer--) {
    edge = Math.sqrt(-2 * Math.log(AREA / edge + Math.exp(-0.5 * edge * edge)));
    inside[layer + 1] = Math.floor((edge / above) * SCALE);
    above = edge;
    density[layer] = Math.exp(-0.5 * edge * edge);
    width[layer] = edge / SCALE;
  }
  return { inside, width, density };
}

const TABLES = ziggurat();

/** A generator that gives what `numpy.random.default_rng(seed)` gives. */
export class Generator {
  constructor(seed) {
    const [stateHigh, stateLow, streamHigh, streamLow] = seedWords(seed);
    this.increment = ((((streamHigh << 64n) | streamLow) << 1n) | 1n) & MASK_128;
    this.state = this.increment;
    this.state = (this.state + ((stateHigh << 64n) | stateLow)) & MASK_128;
    this.step();
  }

  step() {
    this.state = (this.state * MULTIPLIER + this.increment) & MASK_128;
  }

  /** The next 64 bits, as a BigInt. */
  bits() {
    this.step();
    const [mixed, turn] = [(this.state >> 64n) ^ (this.state & MASK_64), this.state >> 122n];
    return ((mixed >> turn) | (mixed << (64n - turn))) & MASK_64;
  }

  /** A number in [0, 1). */
  uniform() {
    return Number(this.bits() >> 11n) / 2 ** 53;
  }

  /** A standard normal number. */
  normal() {
    for (;;) {
      const bits = this.bits();
      const layer = Number(bits & 0xffn);
      const draw = Number((bits >> 9n) & 0xfffffffffffffn);
      const sign = (bits >> 8n) & 1n ? -1 : 1;
      const value = sign * draw * TABLES.width[layer];
      if (draw < TABLES.inside[layer]) return value;
      if (layer === 0) return this.tail((bits >> 17n) & 1n ? -1 : 1);
      const [upper, lower] = [TABLES.density[layer - 1], TABLES.density[layer]];
      if ((upper - lower) * this.uniform() + lower < Math.exp(-0.5 * value * value)) return value;
    }
  }

  /** A number beyond RADIUS, by Marsaglia's method (1964). */
  tail(sign) {
    for (;;) {
      const past = -Math.log1p(-this.uniform()) / RADIUS;
      const height = -Math.log1p(-this.uniform());
      if (2 * height > past * past) return sign * (RADIUS + past);
    }
  }

  /** A place in a list of shares that add up to 1, each as likely as its share says. */
  choice(shares) {
    const ends = [];
    let total = 0;
    for (const share of shares) ends.push((total += share));
    const drawn = this.uniform();
    const place = ends.findIndex((end) => end / total > drawn);
    return place < 0 ? ends.length - 1 : place;
  }
}
