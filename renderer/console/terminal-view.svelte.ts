/** An xterm terminal in a view: a screen that shows, scrolls and lets select, and takes no input of its own. */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { guardedOptions, guardTerminal } from './terminal-guard.js';
import { TerminalScreen } from './terminal-screen.js';
import { readMonoFont, readTerminalTheme } from './terminal-theme.js';

const scrollback = 10_000;

export interface TerminalUses {
  copy(text: string): void;
  /** The person began to type over the terminal: it belongs into the command line. */
  typed(key: string): void;
}

export class TerminalView {
  readonly screen: TerminalScreen;
  /** Scrolled up, so the end is out of sight. */
  behind = $state(false);
  /** Lines came since then. */
  newLines = $state(false);
  /** There is something to copy. */
  selected = $state(false);
  readonly #terminal: Terminal;
  readonly #uses: TerminalUses;
  #host: HTMLElement | null = null;
  #lastEnd = 0;

  constructor(uses: TerminalUses) {
    this.#uses = uses;
    this.#terminal = new Terminal({
      ...guardedOptions,
      scrollback,
      fontSize: 12.5,
      lineHeight: 1.3,
      cursorBlink: false,
      cursorInactiveStyle: 'none',
      minimumContrastRatio: 4.5,
      screenReaderMode: true,
    });
    this.screen = new TerminalScreen(this.#terminal);
  }

  /** Shows the terminal in an element of the document; returns the function that ends it for good. */
  open(host: HTMLElement): () => void {
    this.#host = host;
    const terminal = this.#terminal;
    const fit = new FitAddon();
    terminal.options.fontFamily = readMonoFont(host);
    terminal.options.theme = readTerminalTheme(host);
    terminal.loadAddon(fit);
    guardTerminal(terminal);
    terminal.open(host);
    terminal.textarea?.setAttribute('aria-label', 'Console output');
    // Scrolling draws; lines that come out of sight do not.
    terminal.onRender(() => this.#watchEnd());
    terminal.onWriteParsed(() => this.#watchEnd());
    terminal.onSelectionChange(() => {
      this.selected = terminal.hasSelection();
    });
    terminal.attachCustomKeyEventHandler((event) => this.#onKey(event));
    // A hidden or collapsed element has no size to fit into.
    const resized = new ResizeObserver(() => {
      if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
    });
    resized.observe(host);
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const repaint = (): void => this.repaint();
    dark.addEventListener('change', repaint);
    return () => {
      dark.removeEventListener('change', repaint);
      resized.disconnect();
      this.#host = null;
      terminal.dispose();
    };
  }

  /** Takes the window's colours again; `_theme` names what they depend on. */
  repaint(_theme?: string): void {
    if (this.#host !== null) this.#terminal.options.theme = readTerminalTheme(this.#host);
  }

  clear(): void {
    this.screen.clear();
  }

  toBottom(): void {
    this.#terminal.scrollToBottom();
  }

  copySelection(): void {
    const text = this.#terminal.getSelection();
    if (text !== '') this.#uses.copy(text);
  }

  #watchEnd(): void {
    const { viewportY, baseY } = this.#terminal.buffer.active;
    this.behind = viewportY < baseY;
    // A full scrollback does not grow any more; then only the fact of scrolling is known.
    if (!this.behind) this.newLines = false;
    else if (baseY > this.#lastEnd) this.newLines = true;
    this.#lastEnd = baseY;
  }

  /** False keeps xterm from handling the key itself. */
  #onKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return false;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'c') this.copySelection();
    else if (command && event.key.toLowerCase() === 'a') this.#terminal.selectAll();
    else if (event.key === 'PageUp') this.#terminal.scrollPages(-1);
    else if (event.key === 'PageDown') this.#terminal.scrollPages(1);
    else if (event.key === 'Home') this.#terminal.scrollToTop();
    else if (event.key === 'End') this.#terminal.scrollToBottom();
    else if (event.key === 'ArrowUp') this.#terminal.scrollLines(-1);
    else if (event.key === 'ArrowDown') this.#terminal.scrollLines(1);
    else if (event.key.length === 1 && !command && !event.altKey) this.#uses.typed(event.key);
    else return false;
    event.preventDefault();
    return false;
  }
}
