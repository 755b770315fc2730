import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../setup/paths.mjs';

/** Generated files and folders of a checkout. */
const made = ['.git', '.cache', 'node_modules', 'out', 'dist', 'test-results'];

/** A copy of this checkout that may be edited. */
export class CheckoutCopy {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'perch-copy-'));
    cpSync(root, this.folder, {
      recursive: true,
      filter: (path) => !made.includes(relative(root, path)),
    });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    mkdirSync(join(this.folder, '.cache'));
    // The chosen Electron, which set-up would otherwise search again.
    const record = join('.cache', 'electron-runtime.json');
    cpSync(join(root, record), join(this.folder, record));
  }

  /**
   * @param {string} file relative to the checkout
   * @param {(text: string) => string} change
   */
  edit(file, change) {
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${file} is not what this expects, and was not changed`);
    writeFileSync(path, after);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
