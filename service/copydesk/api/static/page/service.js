/** The service's answers. Addresses are relative, so that the page also works under a path. */

import { authorization, lacksKey } from "./access.js";

/** Why there is no answer: `offline`, `key`, `large`, `busy` (with `wait` in seconds) or `refused`. */
export class Problem extends Error {
  constructor(kind, message, wait = 0) {
    super(message);
    this.kind = kind;
    this.wait = wait;
  }
}

const KINDS = { 401: "key", 403: "key", 413: "large", 429: "busy", 503: "busy" };

/** The review of one text. Throws Problem, or AbortError when `signal` ends it. */
export async function review(request, signal) {
  const body = JSON.stringify({ ...request, options: { ...request.options, apply: "none" } });
  const answer = await ask("v1/review", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
    signal,
  });
  return answer.documents[0];
}

const rules = new Map(); // id to a promise: a rule does not change while the page is open

/** What the rule's pack says of it; null for a rule of a grammar engine, which has no page here. */
export function rule(id) {
  if (!id.includes("/")) return Promise.resolve(null);
  if (!rules.has(id)) {
    const path = id.split("/").map(encodeURIComponent).join("/");
    const asked = ask(`v1/rules/${path}`).catch(() => {
      rules.delete(id);
      return null;
    });
    rules.set(id, asked);
  }
  return rules.get(id);
}

/** The state of each grammar engine by name; null when the service cannot be reached. */
export async function engines() {
  try {
    const response = await fetch("readyz");
    return (await response.json()).engines ?? null;
  } catch {
    return null;
  }
}

async function ask(address, options = {}) {
  if (lacksKey()) throw new Problem("key", "Give the key above the text.");
  let response;
  try {
    response = await fetch(address, { ...options, headers: { ...options.headers, ...authorization() } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("offline", "The service cannot be reached.");
  }
  if (response.ok) return response.json();
  const told = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get("Retry-After")) || 0;
  throw new Problem(
    KINDS[response.status] ?? "refused",
    told.detail || `The service answered ${response.status}.`,
    wait,
  );
}
