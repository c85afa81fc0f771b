// The linked reader. It gets one plain record (record.py) and draws it; what it is told to change it sends back.
// Words of the article become text nodes and attributes, never markup. Offsets are code points, as in the record.

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 760; // pixels from which the margin has room beside the text
const GAP = 8; // pixels between cards
const TABLES = { quote: "quotes", demand: "demands", response: "answers" };
const KEYED = new Set(["button", "input", "select", "summary"]); // JupyterLab would take the keys of what has focus
let fields = 0; // for ids: one page may hold several readers
const LETTER = /[\p{L}\p{M}\p{N}]/u;
const NOBODY = { speaker: "unknown", addressees: "nobody" };
const VERBS = { demand: "demands", request: "requests", proposal: "proposes" };

const fill = (words, parts) => words.replace(/\{(\w+)\}/g, (_, key) => parts[key] ?? "");
const decimal = (value) => value.toFixed(2).replace(".", ",");
const span = (record) => [record.segments[0][0], record.segments[record.segments.length - 1][1]];
const covers = (record, start, end) => record.segments.some(([s, e]) => s <= start && end <= e);

/** Return an element; attributes that are functions listen, children that are strings become text. */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  if (KEYED.has(tag) || attributes.tabindex === 0) made.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Return where cards stand: each at its place or below the one before; the open one keeps its place. */
export function stacked(places, heights, open) {
  const tops = [];
  const forward = (from) => {
    for (let i = from; i < places.length; i++) {
      const free = i ? tops[i - 1] + heights[i - 1] + GAP : 0;
      tops[i] = Math.max(tops[i] ?? places[i], free);
    }
  };
  forward(0);
  if (open >= 0 && tops[open] > places[open]) {
    tops[open] = places[open];
    for (let i = open - 1; i >= 0; i--) tops[i] = Math.min(tops[i], tops[i + 1] - heights[i] - GAP);
    forward(0);
  }
  return tops;
}

class View {
  constructor(model, root) {
    Object.assign(this, { model, root, open: null, join: null, least: 0, picked: null, cursor: null, anchor: null });
    this.chosen = { speaker: new Set(), type: new Set(), stance: new Set() };
    this.say = (key, parts = {}) => fill(model.get("labels")[key] ?? key, parts);
    this.build();
    this.listen();
    this.draw();
    const [first] = model.get("focus");
    if (first) this.show(first);
  }

  // What stays ---------------------------------------------------------------------------------------------------

  build() {
    const { root, say } = this;
    root.classList.add("corpus-reader");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", say("name"));
    root.setAttribute("lang", say("lang"));
    this.filters = make("div", { class: "filters" });
    this.folded = make("details", { class: "folded", open: true }, make("summary", {}, say("filters")), this.filters);
    this.status = make("p", { class: "status", role: "status" });
    this.text = make("div", { class: "text" });
    this.curves = document.createElementNS(SVG, "svg");
    this.curves.setAttribute("aria-hidden", "true");
    this.margin = make("div", { class: "margin" });
    this.picker = make("div", { class: "picker", role: "toolbar", "aria-label": say("mark"), hidden: true });
    this.sheet = make("div", { class: "sheet" }, this.text, this.curves, this.margin, this.picker);
    this.page = make("div", { class: "page", tabindex: 0, role: "region", "aria-label": say("text") }, this.sheet);
    this.map = make("div", { class: "map", role: "img" });
    root.replaceChildren(this.folded, this.status, make("div", { class: "desk" }, this.map, this.page));
  }

  listen() {
    const { model, root } = this;
    const changed = {
      "change:record": () => this.draw(),
      "change:focus": () => this.follow(),
      "change:said": () => { if (model.get("said")) this.tell(model.get("said")); },
    };
    for (const [name, act] of Object.entries(changed)) model.on(name, act);
    const selected = () => { if (!this.pressing) this.pick(); };
    const released = () => { this.pressing = false; setTimeout(() => this.pick()); };
    document.addEventListener("selectionchange", selected);
    document.addEventListener("pointerup", released);
    const resized = new ResizeObserver(() => this.fit());
    resized.observe(root);
    this.close = () => {
      for (const [name, act] of Object.entries(changed)) model.off(name, act);
      document.removeEventListener("selectionchange", selected);
      document.removeEventListener("pointerup", released);
      resized.disconnect();
    };
    this.page.addEventListener("pointerdown", (event) => { this.pressing = event.pointerType === "mouse"; });
    this.page.addEventListener("keydown", (event) => this.typed(event));
    this.page.addEventListener("scroll", () => this.window());
    this.map.addEventListener("pointerdown", (event) => this.jump(event));
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("pointerover", (event) => this.light(this.idAt(event.target)));
    root.addEventListener("pointerleave", () => this.light(null));
    root.addEventListener("focusin", (event) => this.light(this.idAt(event.target)));
    root.addEventListener("keydown", (event) => this.commanded(event));
  }

  // The record ---------------------------------------------------------------------------------------------------

  draw() {
    const held = this.root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const scrolled = this.page.scrollTop;
    this.record = this.model.get("record");
    this.edits = this.model.get("edits");
    this.chars = Array.from(this.record.text);
    this.actors = new Map(this.record.actors.map((actor) => [actor.id, actor]));
    this.records = new Map();
    for (const table of Object.values(TABLES)) for (const one of this.record[table]) this.records.set(one.id, one);
    if (!this.records.has(this.open)) this.open = null;
    this.drawFilters();
    this.drawText();
    this.drawMap();
    this.refresh();
    this.page.scrollTop = scrolled;
    if (held) this.refocus(held);
  }

  refocus(key) {
    const open = this.open && `head:${this.open}`;
    const found = [key, open].map((k) => k && this.root.querySelector(`[data-key="${CSS.escape(k)}"]`)).find(Boolean);
    (found ?? this.page).focus({ preventScroll: true });
  }

  /** Show what the filters let through, the cards, the curves. */
  refresh() {
    this.visible = new Set([...this.records.values()].filter((one) => this.passes(one)).map((one) => one.id));
    const all = this.records.size;
    this.count.textContent = this.say("shown", { n: this.visible.size, all });
    this.paint();
    this.drawCards();
    this.fit();
    this.light(null);
  }

  passes(record) {
    const { speaker, type, stance } = this.chosen;
    if (record.confidence < this.least) return false;
    const parties = [...record.actors, ...(record.addressees ?? [])];
    if (speaker.size && !(parties.length ? parties : [""]).some((actor) => speaker.has(actor))) return false;
    if (record.kind === "quote") return !type.size || type.has(record.type);
    return !stance.size || this.stances(record).some((one) => stance.has(one));
  }

  stances(record) {
    if (record.kind === "response") return [record.stance];
    return [...this.answers(record.id).map((answer) => answer.stance), ...this.silent(record.id).map(this.silence)];
  }

  silence = (cell) => (cell.shown === "not found" ? "not_found" : cell.shown);
  silent = (demand) => this.record.silent.filter((cell) => cell.demand === demand);
  answers = (demand) => this.record.answers.filter((one) => one.links.some((link) => link.demand === demand));
  look = (record) => record.look ?? this.actors.get(record.actors[0])?.look ?? { background: "#e6e6e6", line: "#555555", pattern: "full" };

  /** Return the ids that belong to one: a demand with its answers, an answer with its demands. */
  related(id) {
    const record = this.records.get(id);
    if (!record) return new Set();
    const others = record.kind === "demand" ? this.answers(id).map((one) => one.id)
      : (record.links ?? []).map((link) => link.demand);
    return new Set([id, ...others]);
  }

  who(record) {
    const name = record.who ?? this.say(record.kind === "quote" ? "unknown" : "unknown_actor");
    return record.denied ? this.say("denies", { name }) : name;
  }

  /** Return in a few words what a record is. */
  brief(record) {
    if (record.kind === "quote") return `${this.who(record)}: ${this.say(record.type)}`;
    if (record.kind === "response") return `${this.who(record)}: ${this.say(record.stance)}`;
    const verb = VERBS[record.strength] ?? "demands";
    return this.say(record.to ? `${verb}_of` : verb, { who: this.who(record), to: record.to });
  }

  // Filters ------------------------------------------------------------------------------------------------------

  drawFilters() {
    const count = new Map();
    const add = (key) => count.set(key, (count.get(key) ?? 0) + 1);
    for (const q of this.record.quotes) for (const a of q.actors.length ? q.actors : [""]) add(`speaker ${a}`);
    for (const q of this.record.quotes) add(`type ${q.type}`);
    for (const d of this.record.demands) for (const s of new Set(this.silent(d.id).map(this.silence))) add(`stance ${s}`);
    for (const a of this.record.answers) add(`stance ${a.stance}`);
    const speakers = [...this.record.actors.map((a) => [a.id, a.name]), ["", this.say("unknown")]];
    const stances = [...Object.keys(this.record.signs), "not_found"].map((s) => [s, this.say(s)]);
    const types = ["direct", "indirect", "mixed"].map((t) => [t, this.say(t)]);
    const groups = [["speaker", "speakers", speakers], ["type", "types", types], ["stance", "stances", stances]];
    const sets = groups.map(([group, label, values]) => {
      const chips = values.filter(([v]) => count.has(`${group} ${v}`) || this.chosen[group].has(v))
        .map(([value, name]) => this.chip(group, value, name, count.get(`${group} ${value}`) ?? 0));
      return make("fieldset", { hidden: !chips.length }, make("legend", {}, this.say(label)), ...chips);
    });
    this.count = make("span", { class: "count" });
    const certain = make("input", {
      type: "text", inputmode: "decimal", value: decimal(this.least), size: 5, "data-key": "certainty",
      input: (event) => this.typedNumber(event.target), change: (event) => this.typedNumber(event.target, true),
    });
    const every = make("button", { type: "button", "data-key": "every", click: () => this.everything() }, this.say("every"));
    const undo = make("button", { type: "button", "data-key": "undo", click: () => this.send({ do: "undo" }) }, this.say("undo"));
    const label = make("label", {}, this.say("certainty"), " ", certain);
    this.filters.replaceChildren(...sets, make("div", { class: "line" }, label, every, this.edits ? undo : null, this.count));
  }

  chip(group, value, name, count) {
    const look = group === "speaker" ? this.look({ actors: [value] }) : null;
    const style = look && `--background: ${look.background}; --line: ${look.line}`;
    const swatch = look ? make("span", { class: `swatch ${look.pattern}`, style, "aria-hidden": true }) : null;
    const sign = group === "stance" ? `${this.record.signs[value] ?? "–"} ` : "";
    const pressed = this.chosen[group].has(value);
    const chosen = () => {
      this.chosen[group][this.chosen[group].has(value) ? "delete" : "add"](value);
      made.setAttribute("aria-pressed", String(this.chosen[group].has(value)));
      this.refresh();
    };
    const key = `chip:${group}:${value}`;
    const made = make("button", { type: "button", class: "chip", "aria-pressed": pressed ? "true" : "false", "data-key": key, click: chosen },
      swatch, make("span", {}, `${sign}${name}`), " ", make("span", { class: "number" }, `${count}`));
    return made;
  }

  typedNumber(field, finished = false) {
    const value = Number(field.value.trim().replace(",", ".") || "0");
    const good = value >= 0 && value <= 1;
    field.setAttribute("aria-invalid", String(!good));
    if (finished && !good) this.tell(this.say("no_number"));
    if (!good) return;
    if (finished) field.value = decimal(value);
    if (value !== this.least) { this.least = value; this.refresh(); }
  }

  everything() {
    for (const values of Object.values(this.chosen)) values.clear();
    this.least = 0;
    this.drawFilters();
    this.refresh();
    this.refocus("every");
  }

  // The text -----------------------------------------------------------------------------------------------------

  drawText() {
    this.nodes = []; // text nodes in order, each with the code points it stands for
    this.words = [];
    this.text.setAttribute("lang", this.record.language);
    this.text.replaceChildren(...this.record.blocks.map((block) => this.paragraph(block)));
  }

  paragraph(block) {
    const here = [...this.records.values()].filter((one) => one.segments.some(([s, e]) => s < block.end && block.start < e));
    const edges = new Set([block.start, block.end]);
    for (const one of here) for (const [s, e] of one.segments) for (const p of [s, e]) if (block.start < p && p < block.end) edges.add(p);
    const places = [...edges].sort((a, b) => a - b);
    const made = make("p", { class: block.kind });
    places.slice(1).forEach((end, i) => {
      const start = places[i];
      const covering = here.filter((one) => covers(one, start, end));
      for (const one of covering) if (one.kind !== "quote" && span(one)[0] === start) made.append(this.tag(one));
      const node = document.createTextNode(this.chars.slice(start, end).join(""));
      this.nodes.push({ node, start, end });
      made.append(covering.length ? make("span", { class: "piece", "data-ids": covering.map((c) => c.id).join(" ") }, node) : node);
      for (const one of covering) if (one.kind === "quote" && span(one)[1] === end) made.append(this.tag(one));
    });
    let from = null;
    for (let i = block.start; i <= block.end; i++) {
      const blank = i === block.end || !this.chars[i].trim();
      if (from === null && !blank) from = i;
      else if (from !== null && blank) { this.words.push({ start: from, end: i, block: made }); from = null; }
    }
    return made;
  }

  /** Return the button beside marked words: it says whose they are and opens the card. */
  tag(record) {
    const sign = { quote: "", demand: "⚑ ", response: `${this.record.signs[record.stance] ?? ""} ` }[record.kind];
    const said = record.kind === "quote" ? this.who(record) : `${sign}${record.id} ${this.who(record)}`;
    return make("button", {
      type: "button", class: `tag ${record.kind}`, lang: this.say("lang"), "data-id": record.id, "data-key": `tag:${record.id}`,
      "aria-label": `${record.id}: ${this.brief(record)}`, "aria-expanded": "false",
    }, said);
  }

  paint() {
    for (const piece of this.text.querySelectorAll(".piece")) {
      const here = piece.dataset.ids.split(" ").filter((id) => this.visible.has(id)).map((id) => this.records.get(id));
      const size = (one) => span(one)[1] - span(one)[0];
      const [quote] = here.filter((one) => one.kind === "quote").sort((a, b) => size(a) - size(b));
      const kinds = new Set(here.map((one) => one.kind));
      piece.className = ["piece", quote && `quoted ${quote.type}`, kinds.has("demand") && "demand", kinds.has("response") && "response"]
        .filter(Boolean).join(" ");
      const look = quote && this.look(quote);
      for (const name of ["background", "line"]) piece.style.setProperty(`--${name}`, look ? look[name] : "");
    }
    for (const tag of this.text.querySelectorAll(".tag")) {
      tag.hidden = !this.visible.has(tag.dataset.id);
      tag.setAttribute("aria-expanded", String(tag.dataset.id === this.open));
    }
  }

  idAt(target) {
    const tagged = target.closest?.("[data-id], [data-ids]");
    if (!tagged || !this.root.contains(tagged)) return null;
    if (tagged.dataset.id) return tagged.dataset.id;
    const ids = tagged.dataset.ids.split(" ").filter((id) => this.visible.has(id));
    const size = (id) => span(this.records.get(id))[1] - span(this.records.get(id))[0];
    return ids.sort((a, b) => size(a) - size(b))[0] ?? null;
  }

  light(id) {
    const lit = this.related(id ?? this.open);
    const of = (element) => (element.dataset.id ? [element.dataset.id] : element.dataset.ids.split(" "));
    for (const element of this.sheet.querySelectorAll("[data-id], [data-ids]")) {
      element.classList.toggle("lit", of(element).some((one) => lit.has(one) && this.visible.has(one)));
    }
    for (const curve of this.curves.querySelectorAll("[data-demand]")) {
      const { demand, answer } = curve.dataset;
      curve.classList.toggle("lit", lit.has(demand) && (lit.has(answer) || !answer));
    }
  }

  // Cards and curves ---------------------------------------------------------------------------------------------

  drawCards() {
    const wanted = this.record.demands.filter((one) => this.visible.has(one.id));
    const open = this.records.get(this.open);
    if (open && !wanted.includes(open)) wanted.push(open);
    wanted.sort((a, b) => span(a)[0] - span(b)[0]);
    for (const old of this.sheet.querySelectorAll(".card")) old.remove();
    this.cards = wanted.map((one) => ({ id: one.id, element: this.card(one), anchor: this.anchorOf(one.id) }));
    for (const { element } of this.cards) this.margin.append(element);
  }

  anchorOf(id) {
    return [...this.text.querySelectorAll(".piece")].find((piece) => piece.dataset.ids.split(" ").includes(id));
  }

  card(record) {
    const opened = record.id === this.open;
    const head = make("button", { type: "button", class: "head", "aria-expanded": opened ? "true" : "false", "data-key": `head:${record.id}`, "data-act": "toggle" },
      make("b", {}, record.id), ` ${this.brief(record)}`);
    const handle = this.edits && record.kind !== "quote" ? this.handle(record) : null;
    const words = make("p", { class: "words", lang: this.record.language }, record.words);
    return make("div", { class: `card ${record.kind}${opened ? " open" : ""}`, role: "group", "aria-label": `${record.id}: ${this.brief(record)}`, "data-id": record.id },
      make("div", { class: "top" }, head, handle), words, record.kind === "demand" ? this.replies(record, opened) : null,
      opened ? this.opened(record) : null);
  }

  replies(demand, opened) {
    const answered = this.answers(demand.id).map((one) => make("li", {},
      make("button", { type: "button", class: "reply", "data-id": one.id, "data-key": `reply:${demand.id}:${one.id}`, "data-act": "toggle" },
        make("span", { class: `sign ${one.stance}`, "aria-hidden": true }, this.record.signs[one.stance] ?? ""),
        ` ${one.id} ${this.brief(one)}`),
      opened && this.edits ? this.unlink(one.id, demand.id) : null));
    const silent = this.silent(demand.id).map((cell) => make("li", { class: "silent" }, `– ${cell.who}: ${this.say(this.silence(cell))}`));
    return answered.length + silent.length ? make("ul", { class: "replies" }, ...answered, ...silent) : null;
  }

  unlink(answer, demand) {
    const send = () => this.send({ do: "link", answer, demand, on: false });
    return make("button", { type: "button", class: "small", "data-key": `unlink:${answer}:${demand}`, click: send, "aria-label": this.say("unlink", { id: answer, other: demand }) }, "✕");
  }

  /** Return what other articles of the story tell of a demand. */
  elsewhere(record) {
    if (!record.elsewhere?.length) return null;
    return make("div", { class: "elsewhere" }, make("b", {}, this.say("elsewhere")),
      make("ul", {}, ...record.elsewhere.map((line) => make("li", { lang: this.record.language }, line))));
  }

  opened(record) {
    const facts = [this.say("certain", { n: decimal(record.confidence) }), record.strength && this.say(record.strength), record.type && this.say(record.type),
      record.date, record.hand && this.say("by_hand")].filter(Boolean).join(" · ");
    const bound = (record.links ?? []).filter((link) => this.records.has(link.demand)).map((link) => make("li", {},
      make("button", { type: "button", class: "reply", "data-id": link.demand, "data-key": `reply:${record.id}:${link.demand}`, "data-act": "toggle" },
        `→ ${link.demand} ${this.brief(this.records.get(link.demand))}`),
      this.edits ? this.unlink(record.id, link.demand) : null));
    const loose = record.kind === "response" && !bound.length ? make("p", { class: "facts" }, this.say("loose")) : null;
    return make("div", { class: "inside" },
      make("p", { class: "facts" }, facts), bound.length ? make("ul", { class: "replies" }, ...bound) : loose, this.elsewhere(record),
      make("p", { class: "reason" }, make("b", {}, this.say("why")), ` ${record.reason}`),
      make("details", { toggle: () => this.fit() }, make("summary", {}, this.say("steps")), make("ol", {}, ...record.steps.map((step) => make("li", {}, step)))),
      this.edits ? this.form(record) : null,
      make("button", { type: "button", "data-key": "close", click: () => this.toggle(null) }, this.say("close")));
  }

  fit() {
    const wide = this.root.clientWidth >= WIDE;
    if (this.wide !== wide) { this.wide = wide; this.folded.open = wide; this.root.classList.toggle("narrow", !wide); }
    if (!this.cards) return;
    for (const { element, anchor } of this.cards) {
      if (wide) { if (element.parentNode !== this.margin) this.margin.append(element); }
      else if (anchor) { const block = anchor.closest("p"); let last = block; while (last.nextSibling?.classList?.contains("card")) last = last.nextSibling; if (element.previousSibling !== last && element !== last) last.after(element); }
      if (!wide) element.style.top = "";
    }
    this.curves.replaceChildren();
    this.sheet.style.minHeight = "";
    if (wide) this.place();
    this.window();
  }

  place() {
    const frame = this.sheet.getBoundingClientRect();
    const at = (element) => (element ? element.getClientRects()[0] : null);
    const places = this.cards.map(({ anchor }) => (at(anchor)?.top ?? frame.top) - frame.top);
    const heights = this.cards.map(({ element }) => element.offsetHeight);
    const tops = stacked(places, heights, this.cards.findIndex(({ id }) => id === this.open));
    this.cards.forEach(({ element }, i) => { element.style.top = `${tops[i]}px`; });
    const last = tops.length - 1;
    this.sheet.style.minHeight = last >= 0 ? `${tops[last] + heights[last] + GAP}px` : "";
    const left = this.text.getBoundingClientRect().right - frame.left;
    const right = this.margin.getBoundingClientRect().left - frame.left;
    this.curves.setAttribute("width", frame.width);
    this.curves.setAttribute("height", this.sheet.scrollHeight);
    this.cards.forEach(({ id, element, anchor }, i) => {
      if (anchor) this.curve(right, tops[i] + 16, left, places[i] + 12, { demand: id }, "leader");
      for (const reply of element.querySelectorAll(":scope > .replies .reply")) {
        const mark = at(this.visible.has(reply.dataset.id) ? this.anchorOf(reply.dataset.id) : null);
        const from = reply.getBoundingClientRect();
        if (mark) this.curve(right, from.top + from.height / 2 - frame.top, left, mark.top + mark.height / 2 - frame.top, { demand: id, answer: reply.dataset.id }, this.records.get(reply.dataset.id).stance);
      }
    });
  }

  curve(x1, y1, x2, y2, data, kind) {
    const path = document.createElementNS(SVG, "path");
    const bend = (x1 - x2) * 0.6;
    path.setAttribute("d", `M ${x1} ${y1} C ${x1 - bend} ${y1}, ${x2 + bend} ${y2}, ${x2} ${y2}`);
    path.setAttribute("class", `curve ${kind}`);
    Object.assign(path.dataset, data);
    this.curves.append(path);
    if (kind === "leader") return;
    const end = document.createElementNS(SVG, "circle");
    for (const [name, value] of Object.entries({ cx: x2, cy: y2, r: 4, class: `curve ${kind}` })) end.setAttribute(name, value);
    Object.assign(end.dataset, data);
    this.curves.append(end);
  }

  // The map ------------------------------------------------------------------------------------------------------

  drawMap() {
    const end = this.chars.length || 1;
    const bars = this.record.quotes.map((quote) => {
      const [from, to] = span(quote);
      const look = this.look(quote);
      const style = `top: ${(100 * from) / end}%; height: ${Math.max(0.8, (100 * (to - from)) / end)}%; --background: ${look.background}; --line: ${look.line}`;
      return make("i", { class: `swatch ${look.pattern}`, style, title: `${quote.id} ${this.who(quote)}` });
    });
    const flags = this.record.demands.map((one) => make("i", { class: "flag", style: `top: ${(100 * span(one)[0]) / end}%`, title: `${one.id} ${this.brief(one)}` }));
    this.frame = make("i", { class: "frame" });
    this.map.replaceChildren(...bars, ...flags, this.frame);
    const count = new Map();
    for (const quote of this.record.quotes) count.set(this.who(quote), (count.get(this.who(quote)) ?? 0) + 1);
    const said = [...count].map(([who, n]) => `${who} ${n}`).join(", ");
    this.map.setAttribute("aria-label", this.say("map", { who: said || "–" }));
  }

  window() {
    const { scrollTop, scrollHeight, clientHeight } = this.page;
    this.frame.hidden = scrollHeight <= clientHeight + 1;
    this.frame.style.top = `${(100 * scrollTop) / scrollHeight}%`;
    this.frame.style.height = `${(100 * clientHeight) / scrollHeight}%`;
  }

  jump(event) {
    const box = this.map.getBoundingClientRect();
    this.page.scrollTop = ((event.clientY - box.top) / box.height) * this.page.scrollHeight - this.page.clientHeight / 2;
  }

  // Opening ------------------------------------------------------------------------------------------------------

  toggle(id, { focus = true } = {}) {
    const before = this.open;
    this.open = id === this.open ? null : id;
    this.paint();
    this.drawCards();
    this.fit();
    this.light(null);
    this.model.set("focus", this.open ? [this.open] : []);
    this.model.save_changes();
    if (focus) this.refocus(this.open ? `head:${this.open}` : `tag:${before}`);
    if (this.open) this.scroll(this.open);
  }

  /** Show what another view, or a decision, put in focus. */
  follow() {
    const [first] = this.model.get("focus");
    if (first && first !== this.open) this.show(first);
  }

  show(id) {
    if (!this.records.has(id)) return;
    this.open = id;
    if (!this.visible.has(id)) { this.everything(); }
    this.paint();
    this.drawCards();
    this.fit();
    this.light(null);
    this.scroll(id);
  }

  scroll(id) {
    const anchor = this.anchorOf(id);
    if (!anchor) return;
    const [place, page] = [anchor.getClientRects()[0], this.page.getBoundingClientRect()];
    if (place && (place.top < page.top + 20 || place.bottom > page.bottom - 60)) this.page.scrollTop += place.top - page.top - page.height / 3;
  }

  clicked(event) {
    const id = this.idAt(event.target);
    if (!id) return;
    if (this.join && this.finish(id)) { event.preventDefault(); return; }
    const selecting = !document.getSelection().isCollapsed;
    if (event.target.closest(".tag, [data-act=toggle]")) this.toggle(id, { focus: true });
    else if (event.target.closest(".piece") && !selecting) this.toggle(id, { focus: false });
  }

  commanded(event) {
    if (event.key === "Escape") {
      if (this.join) this.stop();
      else if (!this.picker.hidden) { this.unpick(); this.page.focus({ preventScroll: true }); }
      else if (this.open && event.target.closest(".card")) this.toggle(this.open);
      else return;
      event.preventDefault();
    } else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && this.edits && !event.target.matches("input")) {
      event.preventDefault();
      this.send({ do: "undo" });
    }
  }

  tell(words) { this.status.textContent = words; }
  send(message) { this.model.send(message); }

  // Correcting ---------------------------------------------------------------------------------------------------

  form(record) {
    const fields = {
      quote: [["speaker", "speaker", record.who], ["type", "type", record.type, ["direct", "indirect", "mixed"]]],
      demand: [["actor", "actor", record.who], ["addressees", "addressees", record.to], ["strength", "strength", record.strength, ["demand", "request", "proposal"]]],
      response: [["actor", "actor", record.who], ["stance", "stance", record.stance, Object.keys(this.record.signs)]],
    }[record.kind].map(([name, label, value, among]) => this.field(name, label, value, among));
    const decide = (action, values = {}) => this.send({ do: "decide", action, id: record.id, values });
    const save = () => decide("change", Object.fromEntries(fields.map(({ name, value }) => [name, value()])));
    const button = (key, act, parts = {}) => make("button", { type: "button", "data-key": key, click: act }, this.say(key, parts));
    return make("fieldset", { class: "form" }, make("legend", {}, this.say("correct")), ...fields.map((field) => field.element),
      make("div", { class: "line" }, button("save", save), button("right", () => decide("accept")), button("wrong", () => decide("delete"), { id: record.id })));
  }

  /** Return a choice with its label; among actors also a name that is typed. */
  field(name, label, value, among) {
    const names = [...new Set([...(value ? [value] : []), ...this.record.actors.map((actor) => actor.name)])];
    const options = among ? among.map((one) => [one, this.say(one)]) : [["", this.say(NOBODY[name] ?? "unknown_actor")], ...names.map((one) => [one, one]), ["\0", this.say("other")]];
    const id = `corpus-reader-${++fields}`;
    const choice = make("select", { id, "data-key": `field:${name}` }, ...options.map(([v, words]) => make("option", { value: v, selected: v === (value ?? "") }, words)));
    const typed = make("input", { type: "text", "aria-label": `${this.say(label)}: ${this.say("other_name")}`, hidden: true, "data-key": `typed:${name}` });
    choice.addEventListener("change", () => { typed.hidden = choice.value !== "\0"; if (!typed.hidden) typed.focus(); this.fit(); });
    const read = () => (choice.value === "\0" ? typed.value.trim() : choice.value) || null;
    return { name, value: read, element: make("div", { class: "field" }, make("label", { for: id }, this.say(label)), choice, typed) };
  }

  handle(record) {
    const label = this.say(record.kind === "demand" ? "link_answer" : "link_demand");
    const made = make("button", { type: "button", class: "handle", title: label, "aria-label": `${record.id}: ${label}`, "data-key": `handle:${record.id}` }, "⟜");
    made.addEventListener("click", (event) => { event.stopPropagation(); if (!this.join) this.begin(record.id); });
    made.addEventListener("pointerdown", (event) => this.drag(event, record.id, made));
    return made;
  }

  begin(id) {
    this.join = id;
    this.root.classList.add("joining");
    const { kind } = this.records.get(id);
    this.root.dataset.join = kind;
    this.tell(this.say(kind === "demand" ? "choose_answer" : "choose_demand", { id }));
  }

  stop() {
    this.join = null;
    this.root.classList.remove("joining");
    this.drawn?.remove();
    this.tell("");
  }

  /** Join what was begun to a record of the other kind; say whether that was one. */
  finish(id) {
    const [one, other] = [this.records.get(this.join), this.records.get(id)];
    if (new Set([one.kind, other.kind, "demand", "response"]).size !== 2 || one.kind === other.kind) return false;
    const [answer, demand] = one.kind === "response" ? [one, other] : [other, one];
    this.stop();
    this.send({ do: "link", answer: answer.id, demand: demand.id, on: true });
    return true;
  }

  /** Draw a line from the handle; where it is let go on a record of the other kind, the two are joined. */
  drag(event, id, handle) {
    const [x, y] = [event.clientX, event.clientY];
    const moved = (move) => {
      if (Math.hypot(move.clientX - x, move.clientY - y) < 8) return;
      if (!this.join) this.begin(id);
      const frame = this.sheet.getBoundingClientRect();
      this.drawn?.remove();
      this.curve(x - frame.left, y - frame.top, move.clientX - frame.left, move.clientY - frame.top, {}, "leader lit");
      this.drawn = this.curves.lastChild;
    };
    const done = (up) => {
      handle.removeEventListener("pointermove", moved);
      if (!this.join) return;
      const id = this.idAt(document.elementFromPoint(up.clientX, up.clientY));
      if (!id || id === this.join || !this.finish(id)) this.stop();
    };
    event.preventDefault();
    handle.focus({ preventScroll: true });
    if (this.join) return;
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", moved);
    handle.addEventListener("pointerup", done, { once: true });
  }

  // Selecting ----------------------------------------------------------------------------------------------------

  /** Show what can be done with the words that are selected. */
  pick() {
    if (!this.edits) return;
    const chosen = document.getSelection();
    const inside = chosen.rangeCount && !chosen.isCollapsed && this.text.contains(chosen.getRangeAt(0).commonAncestorContainer);
    const found = inside ? this.spanOf(chosen.getRangeAt(0)) : null;
    if (!found) {
      if (!this.picker.contains(document.activeElement)) this.picker.hidden = true;
      return;
    }
    const same = this.picked && !this.picker.hidden && this.picked.start === found.start && this.picked.end === found.end;
    this.picked = found;
    if (!same) this.drawPicker(chosen.getRangeAt(0));
  }

  unpick() {
    this.picked = this.cursor = this.anchor = null;
    this.picker.hidden = true;
    document.getSelection().removeAllRanges();
  }

  /** Return the code points of a range, without white space at its ends; a word that is touched is taken whole. */
  spanOf(range) {
    const touched = this.nodes.filter(({ node }) => range.intersectsNode(node));
    if (!touched.length) return null;
    const points = (node, offset) => Array.from(node.data.slice(0, offset)).length;
    const [first, last] = [touched[0], touched[touched.length - 1]];
    let start = first.start + (range.startContainer === first.node ? points(first.node, range.startOffset) : 0);
    let end = range.endContainer === last.node ? last.start + points(last.node, range.endOffset) : last.end;
    while (start < end && !this.chars[start].trim()) start++;
    while (start < end && !this.chars[end - 1].trim()) end--;
    const within = (place) => LETTER.test(this.chars[place - 1] ?? "") && LETTER.test(this.chars[place] ?? "");
    while (start < end && within(start)) start--;
    while (start < end && within(end)) end++;
    return start < end ? { start, end } : null;
  }

  drawPicker(range) {
    const { start, end } = this.picked;
    const add = (kind) => () => { this.send({ do: "add", kind, start, end }); this.unpick(); };
    const button = (key, act, parts) => make("button", { type: "button", "data-key": `pick:${key}`, click: act }, this.say(key, parts));
    const hit = [...this.records.values()].filter((one) => this.visible.has(one.id) && one.segments.some(([s, e]) => s < end && start < e));
    const near = hit.sort((a, b) => span(a)[1] - span(a)[0] - span(b)[1] + span(b)[0])[0];
    const wrong = near && button("wrong", () => { this.send({ do: "decide", action: "delete", id: near.id }); this.unpick(); }, { id: near.id });
    const open = this.open && button("words", () => { this.send({ do: "words", id: this.open, start, end }); this.unpick(); }, { id: this.open });
    this.picker.replaceChildren(make("span", {}, this.say("mark")), button("quotation", add("quote")), button("as_demand", add("demand")), button("answer", add("response")), ...[open, wrong].filter(Boolean));
    this.picker.hidden = false;
    const [box, frame] = [range.getBoundingClientRect(), this.sheet.getBoundingClientRect()];
    this.picker.style.top = `${box.bottom - frame.top + 6}px`;
    this.picker.style.left = `${Math.max(0, Math.min(box.left - frame.left, frame.width - this.picker.offsetWidth - 4))}px`;
  }

  typed(event) {
    if (event.target !== this.page || !this.words.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.words.length - 1;
    const at = this.cursor ?? -1;
    const block = this.words[Math.max(0, at)].block;
    const ends = (step) => { let i = Math.max(0, at); while (this.words[i + step]?.block === block) i += step; return i; };
    const moves = {
      ArrowRight: () => at + 1, ArrowLeft: () => at - 1, Home: () => ends(-1), End: () => ends(1),
      ArrowDown: () => (at < 0 ? 0 : ends(1) + 1), ArrowUp: () => { const i = ends(-1); let j = i - 1; while (j > 0 && this.words[j - 1].block === this.words[j].block) j--; return j; },
    };
    if (event.key === "Enter") {
      const first = this.picker.hidden ? null : this.picker.querySelector("button");
      const id = this.cursor === null ? null : this.idAt(this.nodeAt(this.words[this.cursor].start).parentNode);
      if (first) first.focus({ preventScroll: true });
      else if (id) this.toggle(id);
    } else if (moves[event.key]) {
      this.cursor = Math.min(last, Math.max(0, moves[event.key]()));
      if (!event.shiftKey || this.anchor === null) this.anchor = this.cursor;
      this.choose(Math.min(this.anchor, this.cursor), Math.max(this.anchor, this.cursor));
    } else return;
    event.preventDefault();
  }

  nodeAt(point) {
    return this.nodes.find(({ start, end }) => start <= point && point < end).node;
  }

  /** Select from one word to another, and bring the last into view. */
  choose(from, to) {
    const place = (point, near) => {
      const { node, start } = this.nodes.find((one) => one.start <= near && near < one.end);
      return [node, this.chars.slice(start, point).join("").length];
    };
    const [first, last] = [this.words[from], this.words[to]];
    document.getSelection().setBaseAndExtent(...place(first.start, first.start), ...place(last.end, last.end - 1));
    const [box, page] = [document.getSelection().getRangeAt(0).getBoundingClientRect(), this.page.getBoundingClientRect()];
    if (box.top < page.top || box.bottom > page.bottom - 60) this.page.scrollTop += box.top - page.top - page.height / 3;
    this.pick();
  }
}

export default {
  render({ model, el }) {
    const view = new View(model, el);
    return () => view.close();
  },
};
