// The rows of sliders of one group.
import { conceptName, tr } from "./words.js";

const STEP = 0.05; // units of spread
const GROUPS = {
  concepts: ["Concepts", "Concepts", "Directions that stand for a labelled property each"],
  independent: [
    "Independent",
    "Independent {number}",
    "Directions that vary as independently of one another as can be, found without labels",
  ],
  axes: [
    "Principal",
    "Principal {number}",
    "Directions along which the training pictures vary most; one may mix several properties",
  ],
  numbers: ["Numbers", "Number {number}", "What the latent is made of, as the network counts it"],
  channels: ["Channels", "Channel {number}", "What the latent is made of, as the network counts it"],
};
const PROBES = {
  accuracy: "A linear probe tells it apart in {percent} % of held-out pictures",
  r2: "A linear probe explains {percent} % of its variance in held-out pictures",
};

/** A position in units of spread, as people read it. */
export function signed(value) {
  const text = Math.abs(value).toFixed(2);
  return `${value < 0 && text !== "0.00" ? "−" : "+"}${text}`;
}

function element(kind, attributes = {}, children = []) {
  const made = Object.assign(document.createElement(kind), attributes);
  made.append(...children);
  return made;
}

export class SliderList {
  /**
   * @param model the page's description
   * @param moved called with (group, index, position, event time in ms)
   */
  constructor(model, moved) {
    Object.assign(this, { model, moved, rows: [], group: null });
    this.place = document.getElementById("sliders");
    this.choices = document.getElementById("groups");
    this.tip = document.getElementById("group-tip");
  }

  /** The radio buttons of the groups; `chosen(group)` is called when one is pressed. */
  offer(chosen) {
    const wished = this.group ?? this.model.groups[0].name;
    this.choices.querySelectorAll("label").forEach((label) => label.remove());
    for (const { name } of this.model.groups) {
      const radio = element("input", { type: "radio", name: "group", value: name, checked: name === wished });
      radio.addEventListener("change", () => chosen(name));
      const word = element("span", { textContent: tr(this.words(name)[0]) });
      this.choices.append(element("label", {}, [radio, word]));
    }
    this.show(wished);
  }

  words(name) {
    return GROUPS[name === "numbers" && this.model.latent.length === 3 ? "channels" : name];
  }

  /** Makes the rows of a group. */
  show(group) {
    this.group = group;
    const { sliders } = this.model.groups.find(({ name }) => name === group);
    const [, name, tip] = this.words(group);
    this.tip.textContent = tr(tip);
    this.place.replaceChildren();
    this.rows = [];
    for (const slider of sliders) {
      if (slider.heading) this.place.append(element("h3", { textContent: conceptName(slider.heading) }));
      this.rows.push(this.row(group, slider, slider.name ? conceptName(slider.name) : tr(name, { number: slider.index + 1 })));
    }
    for (const radio of this.choices.querySelectorAll("input")) radio.checked = radio.value === group;
  }

  row(group, slider, name) {
    const id = `slider-${group}-${slider.index}`;
    const range = element("input", { type: "range", id, step: STEP });
    const output = element("output", { htmlFor: id });
    const reset = element("button", { type: "button", className: "reset", textContent: "↺" });
    reset.setAttribute("aria-label", tr("Reset {name}", { name }));
    const row = { slider, range, output, reset, start: 0, value: NaN };
    const label = element("label", { htmlFor: id, textContent: name, title: tipOf(slider) });
    range.addEventListener("input", (event) => this.moved(group, slider.index, Number(range.value), event.timeStamp));
    const back = (event) => this.moved(group, slider.index, row.start, event.timeStamp);
    reset.addEventListener("click", (event) => {
      range.focus(); // the button disappears with the reset
      back(event);
    });
    range.addEventListener("dblclick", back);
    range.addEventListener("keydown", (event) => {
      if (event.key === "Delete" || event.key === "Backspace") back(event);
    });
    this.place.append(element("div", { className: "slider" }, [label, reset, output, range]));
    return row;
  }

  /** Puts the sliders where they stand: {starts, values} of the group, or null where it does not fit. */
  putAt(positions) {
    for (const row of this.rows) {
      const { slider, range, output, reset } = row;
      range.disabled = positions === null;
      const [start, value] = positions ? [positions.starts[slider.index], positions.values[slider.index]] : [0, 0];
      if (value === row.value && start === row.start) continue;
      Object.assign(row, { start, value });
      range.min = Math.floor(Math.min(slider.low, start, value) / STEP) * STEP;
      range.max = Math.ceil(Math.max(slider.high, start, value) / STEP) * STEP;
      range.value = value;
      output.textContent = signed(value);
      range.setAttribute("aria-valuetext", signed(value));
      const [from, to] = [start, value].toSorted((first, second) => first - second);
      range.style.setProperty("--from", (from - range.min) / (range.max - range.min));
      range.style.setProperty("--to", (to - range.min) / (range.max - range.min));
      reset.hidden = value === start;
    }
  }
}

function tipOf({ measure, score, effect }) {
  if (measure) return tr(PROBES[measure], { percent: Math.round(100 * score) });
  if (effect === undefined) return "";
  return tr("From end to end it changes the picture by {levels} levels of 255 on average", { levels: effect.toFixed(1) });
}
