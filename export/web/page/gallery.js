// The strip of training pictures: one stop for the Tab key, arrows within.
import { tr } from "./words.js";

const SIDE = 56; // pixels of one picture in the strip

/**
 * Fills the strip.
 * @param gallery {count, columns, rows}: how the sprite's pictures lie
 * @param sprite a Blob
 * @param chosen called with the number of a picture
 */
export function fillGallery(gallery, sprite, chosen) {
  const strip = document.getElementById("gallery");
  const image = `url("${URL.createObjectURL(sprite)}")`;
  for (let index = 0; index < gallery.count; index++) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "thumbnail", tabIndex: index === 0 ? 0 : -1 });
    button.style.backgroundImage = image;
    button.style.backgroundSize = `${gallery.columns * SIDE}px ${gallery.rows * SIDE}px`;
    button.style.backgroundPosition = `${-SIDE * (index % gallery.columns)}px ${-SIDE * Math.floor(index / gallery.columns)}px`;
    button.addEventListener("click", () => chosen(index));
    strip.append(button);
  }
  strip.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...strip.children];
    const here = buttons.indexOf(document.activeElement);
    const next = buttons[Math.min(buttons.length - 1, Math.max(0, here + step))];
    document.activeElement.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  nameGallery();
}

/** Says in the page's language what each picture is. */
export function nameGallery() {
  [...document.getElementById("gallery").children].forEach((button, index) =>
    button.setAttribute("aria-label", tr("Training picture {number}", { number: index + 1 })),
  );
}
