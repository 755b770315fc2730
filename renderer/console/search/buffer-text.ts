/**
 * Text of the terminal, for searching and saving. Rows above the cursor never change, because no sequence that moves
 * up gets through; each row is read once. A marker at the cursor counts rows that have left the scrollback since.
 */
import type { IMarker, Terminal } from '@xterm/xterm';

interface Row {
  readonly text: string;
  /** True if the row continues the row above. */
  readonly isWrapped: boolean;
}

/** Text of the terminal at one moment, with the rows of its lines. */
export interface TextSnapshot {
  /** Lines separated by `\n`; a wrapped line is one line. */
  readonly text: string;
  /** First row of each line at that moment. */
  readonly firstRows: readonly number[];
  /** Text length of each row. */
  readonly lengths: readonly number[];
  /** Number of rows that have left the scrollback since; Infinity if no longer known. */
  gone(): number;
  /** Frees the marker. */
  release(): void;
}

type Source = Pick<Terminal, 'buffer' | 'registerMarker'>;

export class BufferText {
  #rows: Row[] = [];
  #anchor: IMarker | null = null;
  #anchorRow = 0;

  constructor(private readonly terminal: Source) {}

  /** Drops the cached rows after a reflow or a clear. */
  invalidate(): void {
    this.#rows = [];
    this.#anchor?.dispose();
    this.#anchor = null;
  }

  read(): TextSnapshot {
    this.#refresh();
    const lines: string[] = [];
    const firstRows: number[] = [];
    const lengths: number[] = [];
    this.#rows.forEach(({ text, isWrapped }, row) => {
      lengths.push(text.length);
      if (isWrapped && lines.length > 0) {
        lines[lines.length - 1] += text;
      } else {
        lines.push(text);
        firstRows.push(row);
      }
    });
    const marker = this.terminal.registerMarker(0);
    const row = marker.line;
    return {
      text: lines.join('\n'),
      firstRows,
      lengths,
      gone: () => (marker.isDisposed ? Infinity : row - marker.line),
      release: () => marker.dispose(),
    };
  }

  #refresh(): void {
    const buffer = this.terminal.buffer.active;
    const anchor = this.#anchor;
    if (anchor === null || anchor.isDisposed) {
      this.#rows = [];
    } else {
      this.#rows = this.#rows.slice(this.#anchorRow - anchor.line, this.#anchorRow);
    }
    anchor?.dispose();
    const last = buffer.baseY + buffer.cursorY;
    for (let y = this.#rows.length; y <= last; y += 1) {
      const line = buffer.getLine(y);
      const goesOn = buffer.getLine(y + 1)?.isWrapped === true;
      this.#rows.push({ text: line?.translateToString(!goesOn) ?? '', isWrapped: line?.isWrapped === true });
    }
    this.#anchor = this.terminal.registerMarker(0);
    this.#anchorRow = this.#anchor.line;
  }
}

/** All text of the terminal, wrapped lines joined, without trailing empty rows. */
export function wholeText(terminal: Source): string {
  const buffer = new BufferText(terminal);
  const snapshot = buffer.read();
  snapshot.release();
  buffer.invalidate();
  const text = snapshot.text.replace(/\n+$/, '');
  return text === '' ? '' : `${text}\n`;
}
