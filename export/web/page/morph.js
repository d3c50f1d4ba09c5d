// Two latents, A and B, and the way between them.
import { between, canMix } from "./samplers.js";
import { tr } from "./words.js";

const SECONDS = 3; // from A to B while it plays
const at = (id) => document.getElementById(id);

/** Sets the controls up; gives {stop(), follow(state), speak()}. */
export function setUpMorph(page) {
  const ends = { a: null, b: null };
  let running = null;

  const mix = (share, since) => {
    page.since = since;
    page.start(between(page.space, ends.a, ends.b, share), { kind: "mix", detail: Math.round(100 * share) }, "morph");
  };
  const stop = () => {
    if (running !== null) cancelAnimationFrame(running);
    running = null;
    speak();
  };
  const play = () => {
    const began = performance.now() - Number(at("morph").value) * SECONDS * 10;
    const frame = (now) => {
      const turn = Math.max(0, (now - began) / 1000 / SECONDS) % 2;
      mix(turn < 1 ? turn : 2 - turn, now);
      running = requestAnimationFrame(frame);
    };
    running = requestAnimationFrame(frame);
    speak();
  };
  const speak = () => {
    at("play").textContent = running === null ? tr("Play") : tr("Stop");
  };
  const enable = () => {
    const isWay = canMix(ends.a, ends.b);
    at("morph").disabled = at("play").disabled = !isWay;
  };

  for (const end of ["a", "b"])
    at(`set-${end}`).addEventListener("click", () => {
      stop();
      ends[end] = page.latent;
      const [small, large] = [at(`picture-${end}`), at("picture")];
      small.getContext("2d").drawImage(large, 0, 0, small.width, small.height);
      at(`set-${end}`).classList.add("set");
      enable();
    });
  at("morph").addEventListener("input", (event) => {
    stop();
    mix(Number(at("morph").value) / 100, event.timeStamp);
  });
  at("play").addEventListener("click", () => (running === null ? play() : stop()));
  enable();

  const follow = ({ origin }) => {
    if (origin.kind === "mix") at("morph").value = origin.detail;
    at("morph").style.setProperty("--to", Number(at("morph").value) / 100);
    at("morph").setAttribute("aria-valuetext", `${at("morph").value} %`);
  };
  return { stop, follow, speak };
}
