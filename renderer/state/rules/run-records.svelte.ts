/** Traces of rules, newest first, read from main page by page. */
import type { RunRecord } from '../../../bridge/schema/rule-runs.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

const pageSize = 50;

/** null = all rules, or all servers. */
export interface RunChoice {
  readonly ruleId: string | null;
  readonly serverId: string | null;
}

export class RunRecords {
  /** null = not read so far. */
  all = $state.raw<readonly RunRecord[] | null>(null);
  isEnd = $state(false);
  readonly reading = new Task();
  #choice: RunChoice = { ruleId: null, serverId: null };

  constructor(private readonly client: PerchClient) {}

  /** Reads the newest page of another choice. */
  async choose(choice: RunChoice): Promise<void> {
    this.#choice = choice;
    this.all = null;
    this.isEnd = false;
    this.reading.forget();
    await this.newest();
  }

  /** Adds the traces that came since; those that are shown stay. */
  async newest(): Promise<void> {
    const page = await this.#read(null);
    if (page === null) return;
    const known = this.all ?? [];
    const older = known.filter(({ id }) => !page.records.some((record) => record.id === id));
    const isJoined = known.length === 0 || older.length < known.length;
    this.all = isJoined ? [...page.records, ...older] : page.records;
    if (!isJoined || known.length === 0) this.isEnd = page.isEnd;
  }

  async more(): Promise<void> {
    const last = this.all?.at(-1);
    if (last === undefined || this.isEnd || this.reading.isRunning) return;
    const page = await this.#read({ at: last.at, id: last.id });
    if (page === null) return;
    this.all = [...(this.all ?? []), ...page.records];
    this.isEnd = page.isEnd;
  }

  async #read(before: { at: number; id: string } | null) {
    const question = { ...this.#choice, before, count: pageSize };
    const answer = await this.reading.run(() => this.client.call('rules.records', question));
    return answer === null ? null : answer.value;
  }
}
