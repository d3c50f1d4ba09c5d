// Runs the two graphs away from the page's own thread. The page sends one message at a time and waits for its answer.

const engine = { runtime: null, sessions: {} };

/** Loads onnxruntime and opens both graphs; `provider` is "webgpu" or "wasm". */
async function open({ script, wasm, graphs, provider, threads }) {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const runtime = await import(url);
  runtime.env.logLevel = "error";
  Object.assign(runtime.env.wasm, { wasmBinary: wasm, numThreads: threads, proxy: false });
  engine.runtime = runtime;
  const executionProviders = provider === "webgpu" ? ["webgpu", "wasm"] : ["wasm"];
  for (const [side, graph] of Object.entries(graphs))
    engine.sessions[side] = await runtime.InferenceSession.create(graph, { executionProviders, logSeverityLevel: 3 });
  return {};
}

async function run(side, type, data, shape) {
  const session = engine.sessions[side];
  const input = new engine.runtime.Tensor(type, data, [1, ...shape]);
  const results = await session.run({ [session.inputNames[0]]: input });
  const output = results[session.outputNames[0]];
  const found = { data: await output.getData(), shape: output.dims.slice(1) };
  input.dispose();
  output.dispose();
  return found;
}

/** A picture as RGBA, as a canvas takes it. */
async function decode({ numbers, shape }) {
  const { data, shape: [height, width] } = await run("decoder", "float32", numbers, shape);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba[to] = data[from];
    rgba[to + 1] = data[from + 1];
    rgba[to + 2] = data[from + 2];
  }
  return { width, height, rgba };
}

/** The latent of a picture of RGB pixels. */
async function encode({ pixels, width, height }) {
  const { data, shape } = await run("encoder", "uint8", pixels, [height, width, 3]);
  const numbers = Float32Array.from(data);
  if (!numbers.every(Number.isFinite)) throw new Error("the encoder gave numbers that are not finite");
  return { numbers, shape: [...shape] };
}

const ACTIONS = { open, decode, encode };

globalThis.addEventListener("message", async ({ data: { action, content } }) => {
  try {
    const answer = await ACTIONS[action](content);
    const buffers = [answer.rgba?.buffer, answer.numbers?.buffer].filter(Boolean);
    globalThis.postMessage({ answer }, buffers);
  } catch (error) {
    globalThis.postMessage({ failure: String(error?.message ?? error).slice(0, 300) });
  }
});
