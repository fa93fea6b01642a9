/** Elements built by hand: whatever comes from a text or an answer goes in as text, never as markup. */

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * An element with attributes and children. `true` sets an empty attribute, `false` and `null` set none; `onclick` and
 * the like are listeners. Strings among the children become text; `null` and `false` are left out.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** A button that does one thing. */
export function button(label, action, attributes = {}) {
  return make("button", { type: "button", ...attributes, onclick: action }, ...[label].flat());
}

/** Tells a screen reader; the same words twice are told twice. */
export function say(words) {
  const live = byId("live");
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = words;
  });
}

/** `12 findings`, `1 finding`, `2 safe fixes`. */
export const counted = (count, noun, many = `${noun}s`) => `${count} ${count === 1 ? noun : many}`;

/** `text` with its middle left out when it is longer than `most` UTF-16 units. */
export function shortened(text, most = 90) {
  if (text.length <= most) return text;
  const characters = [...text];
  const half = Math.floor(most / 2);
  const head = characters.slice(0, half).join("");
  const tail = characters.slice(-half).join("");
  return `${head.replace(/\s\S*$/, "")} … ${tail.replace(/^\S*\s/, "")}`;
}

/** Offers `content` to be saved as a file. */
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
