import type { CopiedText } from '../../base/ports.js';

/** The used part of Electron's clipboard. Up to version 43 it returns values, from 44 on promises. */
export interface ElectronClipboard {
  readText(): string | Promise<string>;
  writeText(text: string): void | Promise<void>;
}

export interface SystemClipboardDeps {
  readonly clipboard: ElectronClipboard;
  /** True if a window of Perch has the focus. The clipboard is not read otherwise. */
  readonly isInFront: () => boolean;
}

/** The only access to the clipboard. Supports both forms of Electron's API. */
export class SystemClipboard implements CopiedText {
  constructor(private readonly deps: SystemClipboardDeps) {}

  async read(): Promise<string> {
    return this.deps.isInFront() ? await this.deps.clipboard.readText() : '';
  }

  async write(text: string): Promise<void> {
    await this.deps.clipboard.writeText(text);
  }
}
