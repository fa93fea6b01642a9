/** The service counts Unicode code points, the browser UTF-16 units: the only place that converts. */
export class Offsets {
  #wide = []; // code point offsets of the characters that take two units

  constructor(text) {
    let point = 0;
    for (let unit = 0; unit < text.length; unit += 1, point += 1) {
      if (text.codePointAt(unit) > 0xffff) {
        this.#wide.push(point);
        unit += 1;
      }
    }
  }

  /** The UTF-16 offset of a code point offset. */
  unit(point) {
    let low = 0;
    let high = this.#wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#wide[middle] < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }
}
