// Settings as texts, such as an address has: of the app's widgets, of inputs of the page, of tabs and views.
//
// A setting is {key, initial, now(), write(text), keeps}: now() is its text, initial that of the page as it opens;
// write() throws an Error whose message says what the text has to be. keeps: what the user has made, which an address
// that does not name it leaves as it is.

import { toObject } from "./models.js";
import { counted } from "./numbers.js";
import { viewOf } from "./view.js";

const MOST = 2000;             // characters of a text

/** "Context V" as "context-v". */
export const slug = (label) => label.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

/** A number out of a text; throws an Error. */
export function numberOf(text, start = -Infinity, end = Infinity, whole = false) {
  const number = Number(text), fits = text.trim() && number >= start && number <= end && (!whole || Number.isInteger(number));
  if (fits) return number;
  const kind = whole ? "a whole number" : "a number";
  throw new Error(Number.isFinite(start + end) ? `has to be ${kind} from ${start} to ${end}` : `has to be ${kind}`);
}

/** The one of some texts; throws an Error. */
function oneOf(text, texts) {
  if (texts.includes(text)) return text;
  throw new Error(`has to be ${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`);
}

/** A text that is not too long; throws an Error. */
export function shortText(text) {
  if (text.length <= MOST) return text;
  throw new Error(`has more than ${counted(MOST, "character")}`);
}

const SWITCH = ["off", "on"];

/** A switch: get() and set() of a boolean. */
export const ofSwitch = (key, get, set) =>
  setting(key, () => SWITCH[Number(get())], (text) => set(oneOf(text, SWITCH) === "on"));

/** A setting of which what it is now is what it is at first, unless `initial` says so. */
export function setting(key, now, write, { initial = now(), keeps = false } = {}) {
  return { key, initial, now, write, keeps };
}

/** The bounds of a number's widget; fields of the app carry theirs in their tags, and refuse what is out of them in words. */
function boundsOf(model) {
  const told = model.tags.find((tag) => typeof tag === "object");
  const { start = model.start ?? undefined, end = model.end ?? undefined, whole = false } = toObject(told ?? {});
  return [start, end, whole];
}

const WIDGETS = {
  Slider: ofNumber, Spinner: ofNumber, TextInput: ofText, TextAreaInput: ofText, Checkbox: ofCheckbox, RadioButtonGroup: ofChoice,
  CustomSelect: ofSelect,
};

/** A widget of the app, a Bokeh model; names: what its choices are called, by default as they are labelled. */
export const ofWidget = (key, model, options = {}) => WIDGETS[model.type.split(".").at(-1)](key, model, options);

/** Whether a model is a widget that ofWidget knows. */
export const isWidget = (model) => Object.hasOwn(WIDGETS, model.type.split(".").at(-1));

function ofNumber(key, model) {
  return setting(key, () => String(model.value), (text) => { model.value = numberOf(text, ...boundsOf(model)); });
}

function ofText(key, model) {
  return setting(key, () => model.value, (text) => { model.value = shortText(text); });
}

function ofCheckbox(key, model) {
  return ofSwitch(key, () => model.active, (on) => { model.active = on; });
}

function ofChoice(key, model, { names = model.labels.map(slug) }) {
  return setting(key, () => names[model.active], (text) => { model.active = names.indexOf(oneOf(text, names)); });
}

function ofSelect(key, model, { names = null }) {
  const values = () => model.options.map((option) => Array.isArray(option) ? option[0] : option);
  const texts = () => names ?? values();
  return setting(key, () => texts()[values().indexOf(model.value)],
    (text) => { model.value = values()[texts().indexOf(oneOf(text, texts()))]; });
}

/** An input of the page; its own listeners are told of a change. */
export function ofInput(key, input) {
  const put = (values) => {
    Object.assign(input, values);
    for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
  };
  if (input.type === "checkbox") return ofSwitch(key, () => input.checked, (checked) => put({ checked }));
  const isNumber = ["number", "range"].includes(input.type);
  const [start, end] = [input.min, input.max].map((end) => end === "" ? undefined : Number(end));
  return setting(key, () => input.value, (text) => put({ value: isNumber ? String(numberOf(text, start, end)) : shortText(text) }));
}

/** A choice among radio buttons of the page. */
export function ofRadios(key, inputs) {
  const values = inputs.map(({ value }) => value);
  return setting(key, () => inputs.find(({ checked }) => checked)?.value, (text) => inputs[values.indexOf(oneOf(text, values))].click());
}

/** The tab on show, by its id without what all ids have; tabs: of attachTabs. */
export function ofTabs(key, list, tabs, short = (id) => id.replace(/-tab$/, "")) {
  const ids = [...list.querySelectorAll("[role=tab]")].map(({ id }) => id), names = ids.map(short);
  return setting(key, () => short(tabs.chosen), (text) => tabs.choose(ids[names.indexOf(oneOf(text, names))]));
}

/** Where a plane is moved and zoomed to: "x,y,times" against the fitted view, x and y in its widths and heights. */
export function ofView(key, plane) {
  const view = viewOf(plane);
  return setting(key, () => view.moved ? view.against.map((x) => String(Number(x.toPrecision(3)))).join(",") : "", (text) => {
    if (!text) return view.reset();
    const numbers = text.split(",").map((part) => numberOf(part, -1000, 1000));
    if (numbers.length !== 3) throw new Error("has to be three numbers: across, up, times");
    view.showAgainst(numbers);
  }, { initial: "" });
}

// -- several of them -------------------------------------------------------------------------------------------

/** {key: text} of those that are not as the page opens. */
export const differing = (settings) =>
  Object.fromEntries(settings.filter(({ now, initial }) => now() !== initial).map(({ key, now }) => [key, now()]));

/**
 * Write what is asked, a Map of texts by key, in the order of the settings; gives [[key, what it has to be]] of what was
 * refused. whole: what is not asked, and not the user's own, goes back to what it is at first.
 */
export function writeAll(settings, asked, whole = false) {
  const refused = [];
  for (const { key, initial, now, write, keeps } of settings) {
    const text = asked.get(key) ?? (whole && !keeps ? initial : undefined);
    if (text === undefined || text === now()) continue;
    try {
      write(text);
    } catch (error) {
      refused.push([key, error.message]);
    }
  }
  return refused;
}

/** What an address says of a figure all of whose settings can be written at once: {keys, state(), apply(asked, whole)}. */
export const addressedBy = (settings) => ({
  keys: settings.map(({ key }) => key),
  state: () => differing(settings),
  apply: (asked, whole) => writeAll(settings, asked, whole),
});
