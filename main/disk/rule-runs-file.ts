import { join } from 'node:path';
import * as z from 'zod';
import { keptRuleSchema, type KeptRule } from '../../bridge/schema/rule-runs.js';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log, RuleRunStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

/** Own rules, those of settings of each server, and removed ones until their last traces are in the history. */
const mostKept = 20_000;

/** Each entry is parsed separately, so that a damaged entry costs the runs of no other rule. */
const fileSchema = z.object({ version: z.literal(version), rules: z.array(z.unknown()).max(mostKept) });

/**
 * `rule-runs.json` in the data folder: the state of rule runs that must survive a restart.
 *
 * Perch renames a damaged file. A file of a newer Perch stays unchanged; no rule runs, and Perch saves nothing.
 */
export class RuleRunsFile implements RuleRunStore {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();

  readonly #path: string;
  #isNewer = false;

  constructor(
    folder: string,
    log: Log,
    private readonly setAside: (what: UnusableFile) => void,
  ) {
    this.#path = join(folder, 'rule-runs.json');
    const names = { logName: 'rule-runs', content: 'rule-runs' } as const;
    this.#file = new StoredFile({ path: this.#path, ...names, log, setAside });
  }

  get isNewer(): boolean {
    return this.#isNewer;
  }

  async load(): Promise<readonly KeptRule[]> {
    const text = await this.#file.read();
    if (text === null) return [];
    if (isNewer(text, version)) {
      this.#isNewer = true;
      this.setAside({ content: 'rule-runs', why: 'newer', file: this.#path });
      return [];
    }
    const file = fileSchema.safeParse(parseJson(text));
    if (!file.success) {
      await this.#file.keepAside(text, 'damaged');
      return [];
    }
    const rules = file.data.rules.flatMap((one) => {
      const rule = keptRuleSchema.safeParse(one);
      return rule.success ? [rule.data] : [];
    });
    if (rules.length < file.data.rules.length) await this.#file.keepAside(text, 'parts');
    return rules;
  }

  async save(rules: readonly KeptRule[]): Promise<void> {
    if (this.#isNewer) {
      const next = sentence('disk.rule-runs-newer-next', { file: this.#path });
      throw new PerchError({ code: 'conflict', message: sentence('disk.rule-runs-newer'), next });
    }
    const text = JSON.stringify({ version, rules });
    await this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
