// The page: loads the model, and ties its controls to one steered latent and its picture.
import { dress } from "./appearance.js";
import { cardElements } from "./card.js";
import { arraysOf, bytes, description } from "./files.js";
import { fillGallery, nameGallery } from "./gallery.js";
import { History } from "./history.js";
import { latentOf, latentSpace, moved, slidersOf, startFrom } from "./latents.js";
import { setUpMorph } from "./morph.js";
import { setUpPhotographs } from "./opening.js";
import { backends, Renderer } from "./renderer.js";
import { draw } from "./samplers.js";
import { SliderList } from "./sliders.js";
import { tr } from "./words.js";

const MEASURES = 1000; // of how long pictures took, kept for the browser's own tools
const SEEDS = 1_000_000;
const at = (id) => document.getElementById(id);

class Page {
  constructor(model, arrays) {
    Object.assign(this, { model, arrays, times: [], warning: "", renderer: null, since: 0 });
    this.space = latentSpace(model, arrays);
    this.history = new History(this.galleryState(0) ?? startFrom(this.space.mean, { kind: "mean" }), () => this.show());
    this.sliders = new SliderList(model, (group, index, position, time) => {
      this.morph.stop();
      this.go(moved(this.history.state, this.space, group, index, position), `${group} ${index}`, time);
    });
  }

  /** Shows another state; `gesture` as for `History.go`, `since` when its event happened. */
  go(state, gesture = null, since = performance.now()) {
    this.since = since;
    at("problem").hidden = true;
    this.history.go(state, gesture);
  }

  /** Goes to another base, with no slider moved from it. */
  start(base, origin, gesture = null) {
    this.go(startFrom(base, origin), gesture);
  }

  /** The state of a training picture; null where the model brings none. */
  galleryState(index) {
    const { shape, mean } = this.space;
    if (index >= this.model.gallery.count) return null;
    const numbers = this.arrays.gallery.slice(index * mean.numbers.length, (index + 1) * mean.numbers.length);
    return startFrom({ numbers, shape }, { kind: "gallery", detail: index + 1 });
  }

  get latent() {
    return latentOf(this.history.state, this.space);
  }

  show() {
    const { state, past, future } = this.history;
    const [group, latent] = [this.sliders.group, this.latent];
    this.sliders.putAt(slidersOf(state, this.space, group));
    const fits = group === "numbers" || slidersOf(state, this.space, group) !== null;
    at("note").hidden = fits;
    at("note").textContent = tr(
      "Components steer pictures of {width} × {height} only, where they were measured; channels steer any size.",
      this.model.size,
    );
    at("undo").disabled = past.length === 0;
    at("redo").disabled = future.length === 0;
    at("reset").disabled = latent === state.base;
    at("origin").textContent = this.origin;
    at("picture").setAttribute("aria-label", tr("Picture decoded from the latent, {origin}", { origin: this.origin }));
    at("original-figure").hidden = state.origin.kind !== "picture";
    this.morph.follow(state);
    if (state.origin.original) drawOn(at("original"), state.origin.original);
    this.render(latent);
  }

  render(latent) {
    const { since } = this;
    const { visible } = this.history.state.base;
    at("main").setAttribute("aria-busy", "true");
    this.renderer?.show(
      latent,
      (picture) => {
        drawOn(at("picture"), picture, visible);
        this.measure(since);
        at("main").setAttribute("aria-busy", String(this.renderer.newest !== null));
      },
      (error) => this.fail("The model failed on this input ({reason}); what was there before is kept.", error.message),
    );
  }

  measure(since) {
    if (this.times.length >= MEASURES) {
      performance.clearMeasures("slider to picture");
      this.times = [];
    }
    this.times.push(performance.measure("slider to picture", { start: since, end: performance.now() }).duration);
    this.say();
  }

  /** A sentence in place of what was to be done; it stays until something else is done. */
  fail(sentence, reason) {
    at("main").setAttribute("aria-busy", "false");
    at("problem").hidden = false;
    at("problem").textContent = tr(sentence, { reason, name: reason });
  }

  /** For screen readers alone. */
  announce(sentence) {
    at("announcement").textContent = sentence;
  }

  get origin() {
    const { kind, detail } = this.history.state.origin;
    const sentences = {
      mean: tr("From the mean latent"),
      picture: tr("From {detail}", { detail }),
      random: tr("From a random latent ({detail})", { detail }),
      gallery: tr("From training picture {detail}", { detail }),
      mix: tr("Between A and B ({detail} %)", { detail }),
    };
    return sentences[kind];
  }

  /** Where the model runs, and how long a picture takes. */
  say() {
    const { backend } = this.renderer ?? {};
    if (!backend) return;
    const onThreads = backend.threads > 1 ? "Runs in this page on {count} threads" : "Runs in this page on one thread";
    const sentence = backend.provider === "webgpu" ? "Runs in this page on the GPU (WebGPU)" : onThreads;
    const where = tr(sentence, { count: backend.threads });
    const recent = this.times.slice(-9).toSorted((first, second) => first - second);
    const time = recent[Math.floor(recent.length / 2)];
    const said = time ? tr("{where}: a picture takes {time} ms", { where, time: Math.round(time) }) : where;
    at("running").textContent = this.warning ? `${said}. ${this.warning}` : said;
  }

  /** Everything that is not written in the page's source, in the page's language. */
  speak() {
    const { model } = this;
    const latent = model.latent.join(" × ");
    const facts = model.size.kind === "fixed" ? "{width} × {height} pixels · latent {latent}" : "any size · latent {latent}";
    at("facts").textContent = tr(facts, { ...model.size, latent });
    for (const option of at("sampler").options) option.textContent = tr(SAMPLERS[option.value]);
    for (const option of at("frame").options) option.textContent = tr(option.dataset.words, model.size);
    this.sliders.offer((group) => {
      this.sliders.show(group);
      this.refresh();
    });
    nameGallery();
    this.morph.speak();
    this.say();
    this.refresh();
  }

  /** Shows the same state anew. */
  refresh() {
    this.since = performance.now();
    this.show();
  }
}

const SAMPLERS = { gaussian: "Gaussian", mixture: "Mixture", prior: "Prior", uniform: "Random map" };

/** Puts a picture of RGBA pixels on a canvas, or the part of it from its upper left corner that is to be seen. */
function drawOn(canvas, picture, visible = picture) {
  const { width, height } = visible;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d").putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
}

function opaque(pixels) {
  const rgba = new Uint8ClampedArray((pixels.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) rgba.set(pixels.subarray(from, from + 3), to);
  return rgba;
}

function setUpStarts(page) {
  const { model, arrays, space } = page;
  for (const name of model.samplers) at("sampler").append(Object.assign(document.createElement("option"), { value: name }));
  const drawOne = () => {
    const seed = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(Number(at("seed").value) || 0)));
    const truncation = Math.min(1, Math.max(0, Number(at("truncation").value)));
    Object.assign(at("seed"), { value: seed });
    const name = at("sampler").value;
    page.morph.stop();
    page.start(draw(space, arrays, name, seed, truncation), { kind: "random", detail: `${tr(SAMPLERS[name])}, ${seed}` });
  };
  at("random").addEventListener("click", () => {
    at("seed").value = Math.floor(Math.random() * SEEDS);
    drawOne();
  });
  for (const id of ["seed", "truncation", "sampler"]) at(id).addEventListener("change", drawOne);
  at("mean").addEventListener("click", () => {
    page.morph.stop();
    page.start(space.mean, { kind: "mean" });
  });
}

function setUpActions(page) {
  const { history } = page;
  const step = (way, words) => {
    page.morph.stop();
    page.since = performance.now();
    if (history[way]()) page.announce(tr(words));
  };
  at("undo").addEventListener("click", () => step("undo", "Undone."));
  at("redo").addEventListener("click", () => step("redo", "Redone."));
  at("reset").addEventListener("click", () => {
    page.morph.stop();
    page.go({ ...history.state, offsets: {} });
    page.announce(tr("All sliders are reset."));
  });
  at("download").addEventListener("click", () => at("picture").toBlob((blob) => download(blob, page.model.name)));
  document.addEventListener("keydown", (event) => {
    const isText = event.target.matches?.("input:not([type=range], [type=radio])");
    if (!(event.ctrlKey || event.metaKey) || isText) return;
    const isUndo = event.key.toLowerCase() === "z" && !event.shiftKey;
    const isRedo = event.key.toLowerCase() === "y" || (event.key.toLowerCase() === "z" && event.shiftKey);
    if (!isUndo && !isRedo) return;
    event.preventDefault();
    if (isUndo) step("undo", "Undone.");
    else step("redo", "Redone.");
  });
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "") || "picture"}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function setUpGallery(page, files) {
  const { gallery } = page.model;
  at("gallery-section").hidden = gallery.count === 0;
  if (gallery.count === 0) return;
  const sprite = new Blob([await bytes(files, "gallery.webp")], { type: "image/webp" });
  fillGallery(gallery, sprite, (index) => {
    page.morph.stop();
    page.go(page.galleryState(index));
  });
}

function loaders(model) {
  return {
    worker: async () => new TextDecoder().decode(await bytes(model.files, "worker.js")),
    graphs: async () => ({
      encoder: await bytes(model.files, "encoder.onnx"),
      decoder: await bytes(model.files, "decoder.onnx"),
    }),
    runtime: async (build) => {
      const [script, wasm] = model.runtime[build];
      return { script: await bytes(model.files, script), wasm: await bytes(model.files, wasm) };
    },
  };
}

async function begin() {
  const model = description();
  let page = null;
  dress(() => page?.speak());
  at("card").append(...cardElements(model.card));
  at("running").textContent = tr("Loading the model ({size} MB)…", { size: model.megabytes });
  const arrays = arraysOf(await bytes(model.files, "arrays.bin"), model.arrays);
  page = new Page(model, arrays);
  page.morph = setUpMorph(page);
  setUpStarts(page);
  setUpActions(page);
  setUpPhotographs(page, opaque);
  drawOn(at("picture"), { ...model.size, rgba: opaque(arrays.poster) }); // something to see while the model loads
  page.speak();
  await setUpGallery(page, model.files);
  page.speak();
  const proof = { latent: page.latent, pixels: arrays.poster };
  const renderer = new Renderer(loaders(model), proof, await backends(Object.keys(model.runtime), model.may_use_gpu));
  await renderer.open();
  page.renderer = renderer;
  document.body.classList.add("ready");
  if (renderer.differs) {
    const words = "This browser's arithmetic gives other pictures than the exporter's: {levels} levels of 255 on average.";
    page.warning = tr(words, { levels: renderer.distance.toFixed(1) });
  }
  page.refresh();
}

function explain(error) {
  const isFromDisk = location.protocol === "file:" && error.cause;
  const isFile = Boolean(error.cause);
  const sentences = [
    [isFromDisk, "The page was opened from a folder, where browsers let it read no files. Run “python -m http.server” in that folder and open http://localhost:8000, or make the page with --single-file."],
    [isFile, "{name} could not be loaded whole, so the model cannot run; check the connection and reload the page."],
    [true, "This browser cannot run the model ({reason}); a current Chrome, Edge, Firefox or Safari can."],
  ];
  const [, sentence] = sentences.find(([holds]) => holds);
  at("problem").hidden = false;
  at("problem").textContent = tr(sentence, { name: error.message, reason: error.message });
  at("running").textContent = "";
  at("main").setAttribute("aria-busy", "false");
}

begin().catch(explain);
