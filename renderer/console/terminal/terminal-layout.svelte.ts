/**
 * Columns and rows of the terminal. With wrapping, as many columns as fit into the view. Without wrapping, as many as
 * the longest line needs, up to `mostColumns`, because each column costs memory in ten thousand rows; a scrollbar
 * below moves the screen sideways.
 */
import { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';

/** Longest line without wrapping, in columns. */
const mostColumns = 400;
/** Columns grow in steps, because each growth reflows all rows. */
const step = 40;

export class TerminalLayout {
  /** Width of the whole screen and of its visible part, in pixels. */
  width = $state(0);
  visible = $state(0);
  readonly #fit = new FitAddon();
  #host: HTMLElement | null = null;
  #strip: HTMLElement | null = null;
  #wrap = true;
  #longest = 0;

  constructor(private readonly terminal: Terminal) {
    terminal.loadAddon(this.#fit);
  }

  get scrollsAcross(): boolean {
    return this.width > this.visible + 1;
  }

  /** Fits the terminal to the size of its element. */
  open(host: HTMLElement): () => void {
    this.#host = host;
    const resized = new ResizeObserver(() => this.fit());
    resized.observe(host);
    return () => {
      resized.disconnect();
      this.#host = null;
    };
  }

  set wrap(wrap: boolean) {
    if (wrap === this.#wrap) return;
    this.#wrap = wrap;
    this.fit();
  }

  set longest(characters: number) {
    if (characters === this.#longest) return;
    this.#longest = characters;
    if (!this.#wrap) this.fit();
  }

  fit(): void {
    const host = this.#host;
    // A hidden or collapsed element has no size.
    if (host === null || host.clientWidth === 0 || host.clientHeight === 0) return;
    const size = this.#fit.proposeDimensions();
    if (size === undefined) return;
    const cols = this.#wrap ? size.cols : Math.max(size.cols, this.#wanted());
    const { rows } = size;
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(cols, rows);
    const screen = host.querySelector<HTMLElement>('.xterm-screen');
    const cell = (screen?.offsetWidth ?? 0) / cols;
    this.visible = Math.ceil(size.cols * cell);
    this.width = Math.ceil(cols * cell);
    if (!this.scrollsAcross) this.#move(0);
  }

  /** Horizontal scrollbar below the terminal: a thin element whose content is as wide as the screen. */
  readonly strip = (strip: HTMLElement): (() => void) => {
    this.#strip = strip;
    const follow = (): void => this.#move(strip.scrollLeft);
    strip.addEventListener('scroll', follow);
    return () => {
      strip.removeEventListener('scroll', follow);
      this.#strip = null;
      this.#move(0);
    };
  };

  /** Scrolls sideways by this many pixels; false if all columns are in view. */
  scrollAcross(pixels: number): boolean {
    if (this.#strip === null || !this.scrollsAcross) return false;
    this.#strip.scrollLeft += pixels;
    return true;
  }

  /** Scrolls columns into view. */
  reveal(x: number, width: number): void {
    if (this.#strip === null || !this.scrollsAcross) return;
    const cell = this.width / this.terminal.cols;
    const [from, to] = [x * cell, (x + width) * cell];
    const left = this.#strip.scrollLeft;
    if (from >= left && to <= left + this.visible) return;
    this.#strip.scrollLeft = Math.max(0, from - this.visible / 3);
  }

  #wanted(): number {
    return Math.min(mostColumns, Math.ceil((this.#longest + 1) / step) * step);
  }

  #move(left: number): void {
    this.#host?.style.setProperty('--across', `${-left}px`);
  }
}
