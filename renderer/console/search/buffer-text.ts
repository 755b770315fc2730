/**
 * The terminal's text, for searching and saving. Rows above the cursor never change (no sequence that moves up gets
 * through), so a row is read once; a marker at the cursor tells how many have left the scrollback since.
 */
import type { IMarker, Terminal } from '@xterm/xterm';

interface Row {
  readonly text: string;
  /** It goes on from the row above. */
  readonly isWrapped: boolean;
}

/** The text at one moment, its rows, and where they are now. */
export interface TextSnapshot {
  /** Lines parted by `\n`; a line that was wrapped is one. */
  readonly text: string;
  /** Where a line begins: its row at that moment. */
  readonly firstRows: readonly number[];
  /** How long the text of each row is. */
  readonly lengths: readonly number[];
  /** Rows that have left the scrollback since then; all of them where that can no longer be known. */
  gone(): number;
  /** It is no longer asked. */
  release(): void;
}

type Source = Pick<Terminal, 'buffer' | 'registerMarker'>;

export class BufferText {
  readonly #terminal: Source;
  #rows: Row[] = [];
  #anchor: IMarker | null = null;
  #anchorRow = 0;

  constructor(terminal: Source) {
    this.#terminal = terminal;
  }

  /** Rows were laid out anew, or the terminal was cleared. */
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
    const marker = this.#terminal.registerMarker(0);
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
    const buffer = this.#terminal.buffer.active;
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
    this.#anchor = this.#terminal.registerMarker(0);
    this.#anchorRow = this.#anchor.line;
  }
}

/** Everything that the terminal holds, a line that was wrapped as one, without the empty rest of the last page. */
export function wholeText(terminal: Source): string {
  const buffer = new BufferText(terminal);
  const snapshot = buffer.read();
  snapshot.release();
  buffer.invalidate();
  const text = snapshot.text.replace(/\n+$/, '');
  return text === '' ? '' : `${text}\n`;
}
