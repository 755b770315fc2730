/** xterm terminal in a view: shows, scrolls and selects text, but takes no input. */
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { onSchemeChange } from '../../ui/drawings/read-colours.js';
import { BufferText, wholeText } from '../search/buffer-text.js';
import { ConsoleSearch } from '../search/console-search.svelte.js';
import { findLinks } from './links.js';
import { rowPieces, type MatchPlace } from '../search/match-rows.js';
import { NewLineCounter } from './new-line-counter.js';
import { SearchMarks } from '../search/search-marks.js';
import { guardedOptions, guardTerminal } from './terminal-guard.js';
import { TerminalLayout } from './terminal-layout.svelte.js';
import { showLinks, type HoveredLink } from './terminal-links.js';
import { TerminalScreen } from './terminal-screen.js';
import { fontSize, readMatchColours, readMonoFont, readTerminalTheme } from './terminal-theme.js';
import { TextFinder } from '../search/text-finder.js';

const scrollback = 10_000;
/** Pixels per press of an arrow key. */
const sidewaysStep = 60;

export interface TerminalDeps {
  copy(text: string): void;
  /** The user typed a character while the terminal had the focus; it belongs into the command line. */
  typed(key: string): void;
  /** A clicked link. */
  openLink(url: string): void;
  /** Converts monotonic time to wall-clock time. */
  wallOf(at: number): number;
}

export class TerminalView {
  readonly screen: TerminalScreen;
  readonly layout: TerminalLayout;
  readonly search: ConsoleSearch;
  /** True if the user scrolled up, so that the end is out of view. */
  behind = $state(false);
  /** Lines that arrived while the end was out of view. */
  newLines = $state(0);
  /** True if some text is selected. */
  selected = $state(false);
  hovered = $state.raw<HoveredLink | null>(null);
  readonly #terminal: Terminal;
  readonly #counter = new NewLineCounter();
  readonly #text: BufferText;
  readonly #marks: SearchMarks;
  #host: HTMLElement | null = null;

  constructor(private readonly deps: TerminalDeps) {
    const terminal = new Terminal({
      ...guardedOptions,
      scrollback,
      fontSize,
      lineHeight: 1.3,
      cursorBlink: false,
      cursorInactiveStyle: 'none',
      minimumContrastRatio: 4.5,
      screenReaderMode: true,
      // The cursor is in the last output line. Without reflow a narrower window would truncate that line.
      reflowCursorLine: true,
    });
    this.#terminal = terminal;
    this.layout = new TerminalLayout(terminal);
    this.screen = new TerminalScreen(terminal, (at) => deps.wallOf(at), {
      drawn: (lines) => this.#counter.drawn(lines),
      longest: (characters) => (this.layout.longest = characters),
      cleared: () => this.#cleared(),
    });
    this.#text = new BufferText(terminal);
    this.#marks = new SearchMarks(terminal, () => readMatchColours(this.#host ?? document.body));
    this.search = new ConsoleSearch(
      {
        read: () => this.#text.read(),
        bottom: () => terminal.buffer.active.viewportY + terminal.rows - 1,
        mark: (places, snapshot, current) => this.#marks.show(places, snapshot, current),
        reveal: (place) => this.#reveal(place),
      },
      new TextFinder(),
    );
  }

  /** Opens the terminal in an element of the document; returns a function that disposes it. */
  open(host: HTMLElement): () => void {
    this.#host = host;
    const terminal = this.#terminal;
    terminal.options.fontFamily = readMonoFont(host);
    terminal.options.theme = readTerminalTheme(host);
    guardTerminal(terminal);
    terminal.open(host);
    showLinks(terminal, { open: this.deps.openLink, hover: (link) => (this.hovered = link) });
    // Scrolling renders; lines that arrive out of view do not.
    terminal.onRender(() => this.#watchEnd());
    terminal.onWriteParsed(() => {
      this.#watchEnd();
      this.search.changed();
    });
    terminal.onResize(() => {
      this.#text.invalidate();
      this.search.changed();
    });
    terminal.onSelectionChange(() => {
      this.selected = terminal.hasSelection();
    });
    terminal.attachCustomKeyEventHandler((event) => this.#onKey(event));
    terminal.attachCustomWheelEventHandler((event) => this.#onWheel(event));
    const unfollow = this.layout.open(host);
    const unwatch = onSchemeChange(() => this.repaint());
    return () => {
      unwatch();
      unfollow();
      this.search.stop();
      this.#marks.stop();
      this.#host = null;
      terminal.dispose();
    };
  }

  /** Reads the window's colours again; `_theme` makes the caller depend on the theme. */
  repaint(_theme?: string): void {
    if (this.#host === null) return;
    this.#terminal.options.theme = readTerminalTheme(this.#host);
    this.#marks.draw();
  }

  /** Sets the label for screen readers. */
  label(text: string): void {
    this.#terminal.textarea?.setAttribute('aria-label', text);
  }

  focus(): void {
    this.#terminal.focus();
  }

  toBottom(): void {
    this.#terminal.scrollToBottom();
  }

  copySelection(): void {
    const text = this.selectedText();
    if (text !== '') this.deps.copy(text);
  }

  selectedText(): string {
    return this.#terminal.getSelection();
  }

  /** Selected text for the search; empty for several lines. */
  selectedWord(): string {
    const text = this.selectedText();
    return text.includes('\n') ? '' : text.trim();
  }

  /** All console output, with lines as the server printed them. */
  wholeText(): string {
    return wholeText(this.#terminal);
  }

  /** Links in view, for users without a pointer. */
  visibleLinks(): string[] {
    const buffer = this.#terminal.buffer.active;
    let text = '';
    for (let row = buffer.viewportY; row < buffer.viewportY + this.#terminal.rows; row += 1) {
      const line = buffer.getLine(row);
      const goesOn = buffer.getLine(row + 1)?.isWrapped === true;
      text += (line?.translateToString(!goesOn) ?? '') + (goesOn ? '' : '\n');
    }
    return findLinks(text);
  }

  #watchEnd(): void {
    const { viewportY, baseY } = this.#terminal.buffer.active;
    this.behind = viewportY < baseY;
    this.#counter.moved(this.behind);
    this.newLines = this.#counter.count;
  }

  #cleared(): void {
    this.#text.invalidate();
    this.layout.longest = 0;
    this.search.cleared();
  }

  #reveal(place: MatchPlace): void {
    const terminal = this.#terminal;
    const buffer = terminal.buffer.active;
    if (place.row < buffer.viewportY || place.row >= buffer.viewportY + terminal.rows)
      terminal.scrollToLine(Math.max(0, place.row - Math.floor(terminal.rows / 2)));
    const [piece] = rowPieces(place, terminal.cols, (row) => buffer.getLine(row));
    if (piece !== undefined) this.layout.reveal(piece.x, piece.width);
  }

  /** Returns false to stop xterm's own handling of the key. */
  #onKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return false;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'c') this.copySelection();
    else if (command && event.key.toLowerCase() === 'a') this.#terminal.selectAll();
    else if (event.key.length === 1 && !command && !event.altKey) this.deps.typed(event.key);
    else if (!this.#scrollByKey(event.key)) return false;
    event.preventDefault();
    return false;
  }

  #scrollByKey(key: string): boolean {
    if (key === 'PageUp') this.#terminal.scrollPages(-1);
    else if (key === 'PageDown') this.#terminal.scrollPages(1);
    else if (key === 'Home') this.#terminal.scrollToTop();
    else if (key === 'End') this.#terminal.scrollToBottom();
    else if (key === 'ArrowUp') this.#terminal.scrollLines(-1);
    else if (key === 'ArrowDown') this.#terminal.scrollLines(1);
    else if (key === 'ArrowLeft') this.layout.scrollAcross(-sidewaysStep);
    else if (key === 'ArrowRight') this.layout.scrollAcross(sidewaysStep);
    else return false;
    return true;
  }

  /** Returns false to stop xterm's own scrolling. */
  #onWheel(event: WheelEvent): boolean {
    const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!isSideways || !this.layout.scrollAcross(across)) return true;
    event.preventDefault();
    return false;
  }
}
