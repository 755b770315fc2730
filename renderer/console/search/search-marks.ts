/** Colours search matches around the view only, so ten thousand lines of matches cost no more than one page. */
import type { IDecoration, IMarker, Terminal } from '@xterm/xterm';
import type { TextSnapshot } from './buffer-text.js';
import { firstFrom, rowPieces, type MatchPlace } from './match-rows.js';
import type { MatchColours } from '../terminal/terminal-theme.js';

/** Limits the marks of one draw: a page of single-letter matches would need thousands. */
const mostMarks = 400;
/** Minimum time between two draws while scrolling. */
const pauseMs = 80;

export class SearchMarks {
  #places: readonly MatchPlace[] = [];
  #snapshot: TextSnapshot | null = null;
  #current = -1;
  #marks: (IDecoration | IMarker)[] = [];
  #drawnFrom = 0;
  #drawnTo = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly terminal: Terminal,
    private readonly colours: () => MatchColours,
  ) {
    terminal.onRender(() => this.#follow());
  }

  show(places: readonly MatchPlace[], snapshot: TextSnapshot | null, current: number): void {
    if (this.#snapshot !== snapshot) this.#snapshot?.release();
    this.#places = places;
    this.#snapshot = snapshot;
    this.#current = current;
    this.draw();
  }

  clear(): void {
    this.show([], null, -1);
  }

  /** Stops drawing before the terminal is disposed. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#places = [];
    this.#snapshot?.release();
    this.#snapshot = null;
  }

  /** Redraws after matches, view or colours changed. */
  draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const mark of this.#marks) mark.dispose();
    this.#marks = [];
    const { rows, buffer } = this.terminal;
    const gone = this.#snapshot?.gone() ?? Infinity;
    const top = buffer.active.viewportY;
    this.#drawnFrom = top - rows + gone;
    this.#drawnTo = top + 2 * rows + gone;
    if (this.#places.length === 0 || gone === Infinity) return;
    const colours = this.colours();
    // A match that starts above the view may reach into it.
    let at = firstFrom(this.#places, this.#drawnFrom);
    for (; at < this.#places.length && this.#marks.length < 2 * mostMarks; at += 1) {
      const place = this.#places[at];
      if (place === undefined || place.row > this.#drawnTo) break;
      this.#mark({ ...place, row: place.row - gone }, at === this.#current, colours);
    }
  }

  /** Redraws once the view leaves the drawn range. */
  #follow(): void {
    if (this.#places.length === 0 || this.#timer !== undefined) return;
    const gone = this.#snapshot?.gone() ?? Infinity;
    const { rows, buffer } = this.terminal;
    const top = buffer.active.viewportY + gone;
    if (top >= this.#drawnFrom && top + rows <= this.#drawnTo) return;
    this.#timer = setTimeout(() => this.draw(), pauseMs);
  }

  #mark(place: MatchPlace, isCurrent: boolean, { match, current, onCurrent }: MatchColours): void {
    const terminal = this.terminal;
    const buffer = terminal.buffer.active;
    const cursor = buffer.baseY + buffer.cursorY;
    for (const { row, x, width } of rowPieces(place, terminal.cols, (y) => buffer.getLine(y))) {
      const marker = terminal.registerMarker(row - cursor);
      const decoration = terminal.registerDecoration({
        marker,
        x,
        width,
        backgroundColor: isCurrent ? current : match,
        ...(isCurrent ? { foregroundColor: onCurrent, layer: 'top' as const } : {}),
      });
      decoration?.onRender((element) => {
        element.classList.add('found');
        element.classList.toggle('current', isCurrent);
      });
      this.#marks.push(marker);
      if (decoration !== undefined) this.#marks.push(decoration);
    }
  }
}
