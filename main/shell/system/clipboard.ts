import type { CopiedText } from '../../base/ports.js';

/** What is used of Electron's module: its answers come at once up to 43, and as promises from 44 on. */
export interface ElectronClipboard {
  readText(): string | Promise<string>;
  writeText(text: string): void | Promise<void>;
}

export interface SystemClipboardDeps {
  readonly clipboard: ElectronClipboard;
  /** A window of Perch has the focus: what is copied elsewhere is nobody's business before that. */
  readonly isInFront: () => boolean;
}

/** The one place that uses the clipboard, and waits for it whichever way it answers. */
export class SystemClipboard implements CopiedText {
  readonly #deps: SystemClipboardDeps;

  constructor(deps: SystemClipboardDeps) {
    this.#deps = deps;
  }

  async read(): Promise<string> {
    return this.#deps.isInFront() ? await this.#deps.clipboard.readText() : '';
  }

  async write(text: string): Promise<void> {
    await this.#deps.clipboard.writeText(text);
  }
}
