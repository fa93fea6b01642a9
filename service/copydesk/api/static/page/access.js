/** The key to a service that asks for one: kept by the tab, forgotten with it, sent to nobody but the service. */
import { byId } from "./dom.js";

const NAME = "copydesk-key";
const field = byId("api-key"); // only where the service asks for keys
let key = "";

/** The header of a request; none while there is no key. */
export const authorization = () => (key ? { Authorization: `Bearer ${key}` } : {});

/** Whether the service asks for a key and none has been given. */
export const lacksKey = () => field !== null && !key;

/** Takes the key that the tab has kept, and calls `changed` when another one is given. */
export function listenToKey(changed) {
  if (field === null) return;
  try {
    key = sessionStorage.getItem(NAME) ?? "";
  } catch {
    // Storage is forbidden: then the key is asked for again after a reload.
  }
  field.value = key;
  field.addEventListener("change", () => {
    key = field.value.trim();
    try {
      if (key) sessionStorage.setItem(NAME, key);
      else sessionStorage.removeItem(NAME);
    } catch {
      // As above.
    }
    changed();
  });
}
