/** The form for a new backup of one server; outlives its view, so that a draft survives. */
import type { Backup } from '../../../bridge/schema/backups.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

/** Longest name that every panel stores (PROTOCOL 2.16.3). */
const longestName = 191;

export class BackupForm {
  isOpen = $state(false);
  name = $state('');
  /** Patterns, one a line. */
  ignored = $state('');
  locked = $state(false);
  /** Whether the game is kept from writing while the backup is made. */
  quietly = $state(false);
  readonly creating = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
  ) {}

  /** Number of fields with input. */
  get changes(): number {
    return Number(this.name.trim() !== '') + Number(this.ignored.trim() !== '') + Number(this.locked);
  }

  /** Whether the form is in view: opened, or with a draft. */
  get isShown(): boolean {
    return this.isOpen || this.changes > 0;
  }

  /** Number of characters that the name has too many; 0 if it fits. */
  get excess(): number {
    return Math.max(0, [...this.name.trim()].length - longestName);
  }

  /** Empties and closes the form. */
  discard(): void {
    this.name = '';
    this.ignored = '';
    this.locked = false;
    this.quietly = false;
    this.isOpen = false;
    this.creating.problem = null;
  }

  /** Begins the backup. On success the form is empty and closed; a refusal keeps the input. */
  async create(): Promise<void> {
    if (this.creating.isRunning || this.excess > 0) return;
    const wanted = {
      name: this.name.trim(),
      ignored: patternLines(this.ignored),
      locked: this.locked,
    };
    const isBegun = this.quietly ? await this.beginQuietly(wanted) : (await this.begin(wanted)) !== null;
    if (isBegun) this.discard();
  }

  /** Begins a backup of everything, without a name; the form keeps its input. Resolves with null if that failed. */
  begin(wanted: { name: string; ignored: string[]; locked: boolean } = whole): Promise<Backup | null> {
    return this.creating
      .run(() => this.client.call('backups.create', { serverId: this.serverId, ...wanted }))
      .then((made) => made?.value ?? null);
  }

  /** Begins a quiet backup, by default of all files and without a name. Resolves with whether the backup began. */
  beginQuietly(wanted: { name: string; ignored: string[]; locked: boolean } = whole): Promise<boolean> {
    return this.creating
      .run(() => this.client.call('backups.quietly', { serverId: this.serverId, ...wanted }))
      .then((begun) => begun !== null);
  }
}

const whole = { name: '', ignored: [], locked: false };

/** The patterns of a text, without empty lines. */
export function patternLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
