/** States to go back to and forward again. A state is never changed in place; it has a `text`. */
const MOST_STATES = 300;
const MOST_UNITS = 20_000_000; // of all texts together, which bounds the memory
const TYPING = 900; // milliseconds: what is typed without a longer pause is one step

export class History {
  #past = [];
  #future = [];
  #typedAt = -Infinity;

  /** Keeps `state`, the one that is about to be left. Steps of typing in quick succession are one. */
  leave(state, typing = false) {
    const now = performance.now();
    const goesOn = typing && now - this.#typedAt < TYPING && this.#past.length > 0;
    this.#typedAt = typing ? now : -Infinity;
    this.#future = [];
    if (goesOn) return;
    this.#past.push(state);
    let units = this.#past.reduce((sum, past) => sum + past.text.length, 0);
    while (this.#past.length > 1 && (this.#past.length > MOST_STATES || units > MOST_UNITS)) {
      units -= this.#past.shift().text.length;
    }
  }

  /** The state before `state`; null when there is none. */
  back(state) {
    return this.#step(this.#past, this.#future, state);
  }

  /** The state that `back` left; null when there is none. */
  forward(state) {
    return this.#step(this.#future, this.#past, state);
  }

  get canGoBack() {
    return this.#past.length > 0;
  }

  #step(from, to, state) {
    this.#typedAt = -Infinity;
    if (from.length === 0) return null;
    to.push(state);
    return from.pop();
  }
}
