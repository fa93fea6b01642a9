/** When the service is asked, and what is told when it cannot answer. The text is never touched here. */
import { Problem, engines, review } from "./service.js";

const PAUSE = 900; // milliseconds without a keystroke
const PATIENT = 2; // times the last answer took, where that is longer: a long text is not asked about at each pause
const POLL = 2500; // milliseconds between questions whether LanguageTool is ready
const GIVEN_UP = "not running"; // by nobody, and nobody starts it

export class Checking {
  #request;
  #told;
  #timer = 0;
  #asked = null;
  #took = 0;
  #polling = false;

  /**
   * `request()` gives what to ask, or null. `told` has `busy(on)`, `answered(request, document)`, `failed(problem)` and
   * `engines(states)`.
   */
  constructor(request, told) {
    this.#request = request;
    this.#told = told;
  }

  /** Asks after a pause, unless another change comes first. What is under way is out of date. */
  soon() {
    this.#asked?.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), Math.max(PAUSE, PATIENT * this.#took));
  }

  /** Asks at once. Whether an answer came that is still of use. */
  async now() {
    this.stop();
    const request = this.#request();
    if (request === null) return false;
    const asked = new AbortController();
    this.#asked = asked;
    this.#told.busy(true);
    const began = performance.now();
    try {
      const document = await review(request, asked.signal);
      this.#took = performance.now() - began;
      if (asked !== this.#asked) return false;
      this.#told.answered(request, document);
      return true;
    } catch (error) {
      if (asked === this.#asked && error.name !== "AbortError") this.#fail(error);
      return false;
    } finally {
      if (asked === this.#asked) this.#told.busy(false);
    }
  }

  stop() {
    this.#asked?.abort();
    this.#asked = null;
    clearTimeout(this.#timer);
  }

  #fail(error) {
    if (!(error instanceof Problem)) throw error;
    this.#told.failed(error);
    if (error.kind === "busy" && error.wait > 0) this.#timer = setTimeout(() => this.now(), error.wait * 1000);
  }

  /** Tells the engines' states until LanguageTool is ready, or known not to come. */
  async watchEngines() {
    if (this.#polling) return;
    this.#polling = true;
    for (;;) {
      const states = await engines();
      this.#told.engines(states);
      if (states !== null && !isComing(states.languagetool)) break;
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
    this.#polling = false;
  }
}

/** Whether a state of LanguageTool is one on the way to ready. */
export const isComing = (state) => !["ready", "off", "at another address", GIVEN_UP].includes(state);
