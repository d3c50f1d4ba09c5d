// The graphs in a worker. Of pictures asked for while one is being made, only the newest is made: the last position wins.

const FAR = 2; // levels: a backend whose first picture lies further from the exporter's on average is not taken

/** One worker with both graphs open; answers come in the order of what was asked. */
class Engine {
  constructor(source) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.worker = new Worker(url); // no module: those do not start in a page that was opened from disk
    this.waiting = [];
    this.failure = null;
    this.worker.addEventListener("message", ({ data }) => {
      const { resolve, reject } = this.waiting.shift();
      if (data.failure === undefined) resolve(data.answer);
      else reject(new Error(data.failure));
    });
    this.worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.failure = new Error(event.message || "the worker stopped");
      for (const { reject } of this.waiting.splice(0)) reject(this.failure);
    });
  }

  ask(action, content, buffers = []) {
    return new Promise((resolve, reject) => {
      if (this.failure) reject(this.failure);
      this.waiting.push({ resolve, reject });
      this.worker.postMessage({ action, content }, buffers);
    });
  }

  close() {
    this.worker.terminate();
  }
}

/** Where the graphs may run, the fastest first: {provider, build, threads}. */
export async function backends(builds, mayUseGpu) {
  const found = [];
  if (mayUseGpu && builds.includes("webgpu") && globalThis.navigator.gpu) {
    const adapter = await navigator.gpu.requestAdapter().catch(() => null);
    if (adapter) found.push({ provider: "webgpu", build: "webgpu", threads: 1 });
  }
  const cores = Math.min(4, navigator.hardwareConcurrency || 1);
  if (globalThis.crossOriginIsolated && cores > 1) found.push({ provider: "wasm", build: "wasm", threads: cores });
  found.push({ provider: "wasm", build: "wasm", threads: 1 });
  return found;
}

/** Opens the graphs where they run and make the picture that they should, and goes on elsewhere should that fail. */
export class Renderer {
  /**
   * @param load {worker(), graphs(), runtime(build)}: gives what the worker needs, each anew
   * @param proof {latent, pixels}: a latent, and the RGB pixels that the exporter's onnxruntime made of it
   */
  constructor(load, proof, candidates) {
    Object.assign(this, { load, proof, candidates, engine: null, backend: null, newest: null, isBusy: false });
    this.reason = "";
    this.last = Promise.resolve();
  }

  /** Opens the first backend that works; throws the last one's error where none does. */
  async open() {
    for (;;) {
      const backend = this.candidates.shift();
      const engine = new Engine(await this.load.worker());
      try {
        const { script, wasm } = await this.load.runtime(backend.build);
        const content = { ...backend, script, wasm, graphs: await this.load.graphs() };
        await engine.ask("open", content);
        this.distance = meanDifference(await engine.ask("decode", this.proof.latent), this.proof.pixels);
        if (!(this.distance <= FAR) && this.candidates.length > 0) throw new Error("its pictures differ");
        Object.assign(this, { engine, backend });
        return;
      } catch (error) {
        engine.close();
        this.reason = error.message;
        if (this.candidates.length === 0) throw error;
      }
    }
  }

  /** Whether the last backend of all makes other pictures than the exporter did. */
  get differs() {
    return !(this.distance <= FAR);
  }

  /** One thing at a time: a graph on a GPU is not to be entered twice. */
  ask(action, content) {
    const answer = this.last.then(() => this.attempt(action, content));
    this.last = answer.catch(() => {});
    return answer;
  }

  async attempt(action, content) {
    try {
      return await this.engine.ask(action, content);
    } catch (error) {
      if (this.candidates.length === 0) throw error;
      this.engine.close(); // a GPU that was lost, or ran out of memory
      await this.open();
      return this.engine.ask(action, content);
    }
  }

  /** The latent of a picture. */
  encode(picture) {
    return this.ask("encode", picture);
  }

  /** Asks for a picture; `done({width, height, rgba})` is called unless a newer one was asked for before it was begun. */
  show(latent, done, failed) {
    this.newest = { latent, done, failed };
    if (!this.isBusy) this.work();
  }

  async work() {
    this.isBusy = true;
    while (this.newest) {
      const { latent, done, failed } = this.newest;
      this.newest = null;
      try {
        done(await this.ask("decode", latent));
      } catch (error) {
        failed(error);
      }
    }
    this.isBusy = false;
  }
}

function meanDifference({ rgba }, pixels) {
  let sum = 0;
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3)
    for (let colour = 0; colour < 3; colour++) sum += Math.abs(rgba[from + colour] - pixels[to + colour]);
  return sum / pixels.length;
}
