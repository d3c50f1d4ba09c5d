// The model card: the little of Markdown that cards are written in, as elements whose text stays text.

/** Elements for the card. Headings, paragraphs, lists, tables, code and emphasis; links are left as they are written. */
export function cardElements(markdown) {
  const elements = [];
  const lines = markdown.split("\n");
  while (lines.length > 0) {
    const block = BLOCKS.find(({ begins }) => begins.test(lines[0]));
    if (block) elements.push(block.take(lines));
    else if (lines[0].trim() === "") lines.shift();
    else elements.push(paragraph(takeWhile(lines, isProse)));
  }
  return elements;
}

const BLOCKS = [
  { begins: /^#{1,6} /, take: heading },
  { begins: /^\|/, take: table },
  { begins: /^```/, take: fenced },
  { begins: /^ {4}/, take: (lines) => code(takeWhile(lines, (line) => /^ {4}/.test(line)).map((line) => line.slice(4))) },
  { begins: /^[-*] /, take: list },
];

function isProse(line) {
  return line.trim() !== "" && !BLOCKS.some(({ begins }) => begins.test(line));
}

function takeWhile(lines, isPart) {
  const end = lines.findIndex((line) => !isPart(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

function element(kind, children = []) {
  const made = document.createElement(kind);
  made.append(...children);
  return made;
}

function heading(lines) {
  const [, marks, text] = /^(#{1,6}) (.*)$/.exec(lines.shift()) ?? [null, "#", ""];
  return element(`h${Math.min(6, marks.length + 2)}`, inline(text)); // the page's own headings stand above
}

function paragraph(lines) {
  return element("p", inline(lines.join(" ")));
}

function fenced(lines) {
  lines.shift();
  const inside = takeWhile(lines, (line) => !line.startsWith("```"));
  lines.shift();
  return code(inside);
}

function code(lines) {
  const block = element("pre", [element("code", [lines.join("\n")])]);
  block.tabIndex = 0; // it may have to be scrolled
  return block;
}

function list(lines) {
  const items = [];
  while (lines.length > 0 && /^[-*] /.test(lines[0])) {
    const first = lines.shift().slice(2);
    items.push([first, ...takeWhile(lines, (line) => /^ {2,}\S/.test(line))].join(" "));
  }
  return element("ul", items.map((item) => element("li", inline(item))));
}

function table(lines) {
  const rows = takeWhile(lines, (line) => line.startsWith("|")).map((line) =>
    line.replace(/^\||\|\s*$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim()),
  );
  const hasHead = rows.length > 1 && rows[1].every((cell) => /^:?-+:?$/.test(cell));
  const head = hasHead ? rows.splice(0, 2)[0] : [];
  const made = element("table");
  if (head.some((cell) => cell !== "")) made.append(element("thead", [row("th", head)]));
  made.append(element("tbody", rows.map((cells) => row("td", cells))));
  const frame = element("div", [made]);
  Object.assign(frame, { className: "scrolled", tabIndex: 0 });
  return frame;
}

function row(kind, cells) {
  return element("tr", cells.map((cell) => element(kind, inline(cell))));
}

/** Text with `code` and **strong** in it; a backslash makes the sign after it plain. */
function inline(text) {
  return text.split(/(\\[!-/:-@[-`{-~]|`[^`]+`|\*\*(?:\\.|[^*\\])+\*\*)/).map((part) => {
    if (/^\\./.test(part)) return part.slice(1);
    if (/^`.+`$/.test(part)) return element("code", [part.slice(1, -1)]);
    if (/^\*\*.+\*\*$/.test(part)) return element("strong", inline(part.slice(2, -2)));
    return part;
  });
}
