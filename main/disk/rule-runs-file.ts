import { join } from 'node:path';
import * as z from 'zod';
import { keptRuleSchema, type KeptRule } from '../../bridge/schema/rule-runs.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log, RuleRunStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { SetAside } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

/** Own rules, those of settings of each server, and removed ones until their last traces are in the history. */
const mostKept = 20_000;

const fileSchema = z.object({ version: z.literal(version), rules: z.array(keptRuleSchema).max(mostKept) });

/** `rule-runs.json` in the data folder: what the runs of rules must not forget. An unusable file is kept aside. */
export class RuleRunsFile implements RuleRunStore {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();

  constructor(folder: string, log: Log, setAside: (what: SetAside) => void) {
    const path = join(folder, 'rule-runs.json');
    this.#file = new StoredFile({ path, logName: 'rule-runs', content: 'rule-runs', log, setAside });
  }

  async load(): Promise<readonly KeptRule[]> {
    const text = await this.#file.read();
    if (text === null) return [];
    const file = fileSchema.safeParse(parseJson(text));
    if (file.success) return file.data.rules;
    await this.#file.keepAside(text, isNewer(text, version) ? 'newer' : 'damaged');
    return [];
  }

  save(rules: readonly KeptRule[]): Promise<void> {
    const text = JSON.stringify({ version, rules });
    return this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
