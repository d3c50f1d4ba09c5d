// Photographs: chosen, taken, dropped or pasted, and encoded in the page.
import { cropped, readFile, whole } from "./photograph.js";
import { tr } from "./words.js";

const at = (id) => document.getElementById(id);

/** Sets up every way in; `opaque` makes RGBA pixels of RGB ones. */
export function setUpPhotographs(page, opaque) {
  const { size } = page.model;
  at("frame-choice").hidden = size.kind === "fixed";
  let last = null;

  const encode = async (source, name) => {
    page.announce(tr("Encoding {name}…", { name }));
    const isWhole = size.kind === "multiple" && at("frame").value === "whole";
    const { seen, input } = isWhole ? whole(source, size.multiple) : middle(source, size);
    const since = performance.now();
    const latent = await page.renderer.encode(input);
    page.since = since;
    const { width, height } = seen;
    const original = { width, height, rgba: opaque(seen.pixels) };
    page.start({ ...latent, visible: { width, height } }, { kind: "picture", detail: name, original });
  };

  const open = async (file) => {
    if (!file || !page.renderer) return;
    page.morph.stop();
    at("problem").hidden = true;
    let source;
    try {
      source = await readFile(file);
    } catch {
      page.fail("{name} is not a picture that this browser can read; nothing was changed.", file.name);
      return;
    }
    last = { source, name: file.name };
    await encode(source, file.name).catch((error) =>
      page.fail("The model failed on this input ({reason}); what was there before is kept.", error.message),
    );
  };

  for (const id of ["open", "take"]) {
    at(id).addEventListener("click", () => at(`${id}-file`).click());
    at(`${id}-file`).addEventListener("change", () => {
      open(at(`${id}-file`).files[0]);
      at(`${id}-file`).value = ""; // the same file may be chosen again
    });
  }
  at("frame").addEventListener("change", () => {
    if (last && page.history.state.origin.kind === "picture") encode(last.source, last.name);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => open(event.clipboardData.files[0]));
}

function middle(source, size) {
  const seen = cropped(source, size.width, size.height);
  return { seen, input: seen };
}
