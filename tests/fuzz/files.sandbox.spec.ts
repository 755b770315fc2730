import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RuleCondition } from '../../bridge/schema/rule-parts.js';
import { AccountRecordsFile } from '../../main/disk/account-records.js';
import { CommandHistoriesFile } from '../../main/disk/command-histories.js';
import { RulesFile } from '../../main/disk/rules-file.js';
import { SettingsFile } from '../../main/disk/settings.js';
import { someSettings } from '../support/entities.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeLog } from '../support/fake-log.js';
import { aRecord } from '../support/fleet-fakes.js';
import { removeFolder } from '../support/remove-folder.js';
import { aRule } from '../support/rule-examples.js';
import { hammer } from './hammer.js';
import { nearly, nearlyText } from './mutations.js';

const accounts = { version: 1, accounts: [aRecord(), aRecord({ id: 'other', keyStorage: 'memory' })] };
const settings = { version: 1, settings: someSettings({ pins: ['home/1'], theme: 'dark' }) };
const running: RuleCondition = { kind: 'state', on: null, is: ['running'] };
const rules = {
  version: 1,
  rules: [
    aRule({ condition: { kind: 'all', parts: [running, { kind: 'not', part: running }] } }),
    aRule({
      id: 'r2',
      steps: [{ kind: 'if', condition: running, then: [{ kind: 'end' }], else: [{ kind: 'switch-off' }] }],
    }),
  ],
};
const histories = { version: 1, servers: { 'home/1': ['say hello', 'list'], 'home/2': ['stop'] } };

function textLike(value: unknown): fc.Arbitrary<string> {
  return fc.oneof(
    nearly([value]).map((changed) => JSON.stringify(changed) ?? ''),
    nearlyText([JSON.stringify(value), `\ufeff${JSON.stringify(value)}`]),
  );
}

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'perch-fuzz-'))));
// After the time limit, the current input may still write for a moment.
afterAll(() => removeFolder(folder));

it('Perch starts, whatever the data folder contains', async () => {
  const texts = fc.record({
    accounts: textLike(accounts),
    settings: textLike(settings),
    histories: textLike(histories),
    rules: textLike(rules),
  });
  let number = 0;
  const count = await hammer(texts, async (input) => {
    const data = await mkdtemp(join(folder, `${number++}-`));
    for (const [name, text] of Object.entries(input)) await writeFile(join(data, `${name}.json`), text);
    const log = new FakeLog();
    const records = await new AccountRecordsFile({ folder: data, log }).load();
    for (const { panelUrl } of records) new URL(panelUrl);
    const kept = new SettingsFile(join(data, 'settings.json'), log);
    await kept.start();
    await kept.update({ theme: 'light' });
    const book = await new RulesFile(data, log, () => undefined).load();
    if (book.some(({ steps }) => steps.length === 0)) throw new Error('That is no rule.');
    const commands = new CommandHistoriesFile({ folder: data, clock: new FakeClock(), log });
    if (!Array.isArray(await commands.of('home/1'))) throw new Error('That is no history.');
    await commands.stop();
    await rm(data, { recursive: true });
  });
  // The disk is busy with other tests, so the number says only that inputs were tried.
  expect(count).toBeGreaterThan(10);
});
