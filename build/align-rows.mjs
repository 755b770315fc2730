/** Rows of a terminal for screen readers, as far as their alignment needs them. */

/**
 * @typedef {object} Row the part of its element that is used here
 * @property {boolean} isConnected
 * @property {{ transform: string }} style
 * @property {() => { width: number }} getBoundingClientRect
 * @property {{ defaultView: { requestAnimationFrame(frame: () => void): number } | null }} ownerDocument
 *
 * @typedef {object} AccessibleRows
 * @property {Set<Row> | undefined} unaligned rows that the next frame aligns
 * @property {WeakMap<Row, number[]>} _rowColumns columns of the characters of a row
 * @property {{ dimensions: { css: { cell: { width: number } } } }} _renderService
 */

const replacement = {
  /**
   * Stretches a row of text over the drawn row, in the next frame and together with all other changed rows. xterm does
   * this for one row after another, and each reading of a width makes the browser lay out the page: 30 times for each
   * new size of a console.
   *
   * @this {AccessibleRows}
   * @param {Row} changed
   */
  _alignRowWidth(changed) {
    if (this.unaligned) return void this.unaligned.add(changed);
    this.unaligned = new Set([changed]);
    changed.ownerDocument.defaultView?.requestAnimationFrame(() => {
      // A closed terminal has removed its rows and knows no widths.
      const rows = [...(this.unaligned ?? [])].filter((row) => row.isConnected);
      this.unaligned = undefined;
      for (const row of rows) row.style.transform = '';
      const widths = rows.map((row) => row.getBoundingClientRect().width);
      for (const [at, row] of rows.entries()) {
        const columns = this._rowColumns.get(row)?.at(-1);
        if (!columns) continue;
        const drawn = columns * this._renderService.dimensions.css.cell.width;
        row.style.transform = `scaleX(${drawn / (widths[at] ?? drawn)})`;
      }
    });
  },
};

/** The method of xterm that the replacement takes the place of. */
const original = /_alignRowWidth\((\w+)\)\{\1\.style\.transform="";.{1,200}?`scaleX\(\$\{\w+\/\w+\}\)`\}/s;

/**
 * Makes xterm align all changed rows of its accessible text together. Fails if xterm no longer has the method.
 *
 * @returns {import('vite').Plugin}
 */
export function alignRowsTogether() {
  return {
    name: 'align-rows-together',
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('/@xterm/xterm/lib/xterm.mjs')) return null;
      const aligned = withAlignment(code);
      if (aligned === code) this.error('xterm aligns its rows in another way now; see build/align-rows.mjs.');
      return { code: aligned, map: null };
    },
  };
}

/** @param {string} code of xterm */
export function withAlignment(code) {
  return code.replace(original, () => replacement._alignRowWidth.toString());
}

/** The replacement as a function, for its spec. */
export const alignRowWidth = replacement._alignRowWidth;
