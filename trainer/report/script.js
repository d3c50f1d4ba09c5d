"use strict";
for (const figure of document.querySelectorAll(".scrubber")) {
  const frames = [...figure.querySelectorAll("i")];
  const image = figure.querySelector("img"), caption = figure.querySelector("output");
  figure.querySelector("input").addEventListener("input", (event) => {
    const frame = frames[event.target.value];
    image.src = frame.dataset.src;
    caption.textContent = frame.dataset.caption;
  });
}
