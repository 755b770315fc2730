import { join } from 'node:path';
import * as z from 'zod';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import { originOf } from '../../bridge/rules/rule-origin.js';
import { ruleSchema, type Rule } from '../../bridge/schema/rules.js';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log, RuleStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

/** Each rule is parsed separately, so that a damaged rule costs no other. */
const fileSchema = z.object({
  version: z.literal(version),
  rules: z.array(z.unknown()).max(ruleLimits.rules),
});

/**
 * `rules.json` in the data folder: the user's rules, without the state of their runs.
 *
 * Perch renames a damaged file. A file of a newer Perch stays unchanged: its rules do not run, because this version
 * might read a condition wrongly, and Perch saves nothing.
 */
export class RulesFile implements RuleStore {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();
  #isNewer = false;

  constructor(
    private readonly folder: string,
    log: Log,
    private readonly setAside: (what: UnusableFile) => void,
  ) {
    this.#file = new StoredFile({ path: this.#path, logName: 'rules', content: 'rules', log, setAside });
  }

  get #path(): string {
    return join(this.folder, 'rules.json');
  }

  get isNewer(): boolean {
    return this.#isNewer;
  }

  async load(): Promise<readonly Rule[]> {
    const text = await this.#file.read();
    if (text === null) return [];
    if (isNewer(text, version)) {
      this.#isNewer = true;
      this.setAside({ content: 'rules', why: 'newer', file: this.#path });
      return [];
    }
    const file = fileSchema.safeParse(parseJson(text));
    if (!file.success) {
      await this.#file.keepAside(text, 'damaged');
      return [];
    }
    const rules = new Map<string, Rule>();
    for (const one of file.data.rules) {
      const rule = ruleSchema.safeParse(one);
      // Two rules with one id would lend each other their triggers and steps.
      const isNew = rule.success && !rules.has(rule.data.id) && originOf(rule.data.id) === 'own';
      if (isNew) rules.set(rule.data.id, rule.data);
    }
    if (rules.size < file.data.rules.length) await this.#file.keepAside(text, 'parts');
    return [...rules.values()];
  }

  async save(rules: readonly Rule[]): Promise<void> {
    if (this.#isNewer) {
      const next = sentence('disk.rules-newer-next', { file: this.#path });
      throw new PerchError({ code: 'conflict', message: sentence('disk.rules-newer'), next });
    }
    const text = JSON.stringify({ version, rules }, null, 2);
    await this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
