// The page's files: beside it, in a content delivery network, or packed into the page itself. Each is checked by its hash.

/** What the exporter wrote into the page: a JSON block. */
export function description() {
  return JSON.parse(document.getElementById("description").textContent);
}

/**
 * The bytes of a file, by its name in the description's `files`: {integrity, url} or {integrity, packed: true}.
 * Throws an error whose message is the file's name where it cannot be had whole.
 */
export async function bytes(files, name) {
  const { integrity, url, packed } = files[name];
  try {
    if (packed) return await unpacked(document.getElementById(`file-${name}`).textContent);
    const answer = await fetch(url, { integrity, credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(answer.statusText);
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    throw new Error(name, { cause: error });
  }
}

/** A packed file: base64 of gzip. */
async function unpacked(text) {
  const coded = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([coded]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The arrays in a file, by the list of what lies in it: [name, type, length] in order; float16 comes as float32. */
export function arraysOf(content, list) {
  const arrays = {};
  let offset = 0;
  for (const [name, type, length] of list) {
    const bytesEach = { float32: 4, float16: 2, uint8: 1 }[type];
    const part = content.slice(offset, offset + length * bytesEach);
    if (type === "uint8") arrays[name] = part;
    else if (type === "float32") arrays[name] = new Float32Array(part.buffer);
    else arrays[name] = Float32Array.from(new Uint16Array(part.buffer), fromHalf);
    offset += length * bytesEach;
  }
  return arrays;
}

/** A number from the bits of a float16. */
function fromHalf(bits) {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}
