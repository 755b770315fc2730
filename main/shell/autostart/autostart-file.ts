import { readFile, rm, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { Log } from '../../base/ports.js';
import { SerialQueue } from '../../base/serial-queue.js';
import type { Autostart } from './autostart.js';
import { desktopEntry, execWord, isSwitchedOff, readDesktopEntry } from './desktop-entry.js';

export interface AutostartFileDeps {
  /** The user's configuration folder: `$XDG_CONFIG_HOME`. */
  readonly configFolder: string;
  /** The command that starts Perch. */
  readonly command: readonly string[];
  readonly log: Log;
}

/** Autostart on Linux: a desktop entry in the XDG autostart folder, which every desktop session reads. */
export class AutostartFile implements Autostart {
  readonly #path: string;
  readonly #exec: string;
  readonly #log: Log;
  /** In order, because a write takes longer than a removal, and the user's last choice counts. */
  readonly #changes = new SerialQueue();

  constructor({ configFolder, command, log }: AutostartFileDeps) {
    this.#path = join(configFolder, 'autostart', 'perch.desktop');
    this.#exec = `${command.map((word) => execWord(word)).join(' ')} --hidden`;
    this.#log = log;
  }

  async isOn(): Promise<boolean> {
    await this.#changes.idle();
    const fields = await this.#read();
    return fields !== null && !isSwitchedOff(fields);
  }

  async set(on: boolean): Promise<void> {
    try {
      await this.#changes.run(async () => {
        if (on) await this.#write({ Type: 'Application', Name: 'Perch', Icon: 'perch', Terminal: 'false' });
        else await rm(this.#path, { force: true });
      });
    } catch (error) {
      this.#log.warn('autostart.not-set', { on, message: String(error) });
      throw new PerchError(
        newProblem(
          'internal',
          sentence('system.autostart-failed'),
          sentence('system.autostart-file-next', { file: this.#path }),
        ),
        { cause: error },
      );
    }
  }

  async renew(): Promise<void> {
    const fields = await this.#read();
    if (fields === null || isSwitchedOff(fields) || fields['Exec'] === this.#exec) return;
    this.#log.info('autostart.renewed');
    await this.#write(fields).catch((error: unknown) => {
      this.#log.warn('autostart.not-renewed', { message: String(error) });
    });
  }

  async #read(): Promise<Readonly<Record<string, string>> | null> {
    const text = await readFile(this.#path, 'utf8').catch(() => null);
    return text === null ? null : readDesktopEntry(text);
  }

  async #write(fields: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFileAtomic(this.#path, desktopEntry({ ...fields, Exec: this.#exec }));
  }
}
