/** A silent node or panel delays neither the end of Perch nor the removal of a cancelled transfer's rest. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBackupPerch } from '../../tests/support/backup-perch.js';
import { eventually } from '../../tests/support/backup-stage.js';
import { FakeKeychain } from '../../tests/support/fake-keychain.js';

/** Longest wait of a person in ms. Perch allows panels 2 s, and nodes 3 s. The rest is for a busy computer. */
const soonMs = 10_000;

let it: Awaited<ReturnType<typeof aBackupPerch>>;
let here: string;
const serverId = () => it.named('Survival')?.id ?? '';
const order = (fields: Record<string, unknown>) =>
  it.stage.control.order({ do: 'sftp', node: it.named('Survival')?.node, ...fields });
const took = async (run: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
};
const kept = (): unknown[] => {
  const { transfers } = JSON.parse(readFileSync(join(it.dataFolder, 'transfers.json'), 'utf8')) as {
    transfers: unknown[];
  };
  return transfers;
};
/** Begins an upload over SFTP. Resolves when it waits for an answer of the node. */
const waiting = async (count: number): Promise<void> => {
  for (let at = 0; at < count; at++) writeFileSync(join(here, `world/${at}.bin`), randomBytes(100_000));
  await it.calls['sftp.try']({ serverId: serverId() });
  await order({ isMute: true });
  const plan = await it.uploads.plan(serverId(), { folder: '/', sources: [join(here, 'world')] });
  await it.uploads.begin({ ...plan, wanted: plan.wanted.map((one) => ({ ...one, by: 'sftp' as const })) });
  await eventually(async () => ((await order({})).result as { unanswered: number }).unanswered, Boolean);
  await rows(1);
};
const rows = (wanted: number) =>
  eventually(
    () => it.transfers.current.length,
    (length) => length === wanted,
  );
const cancel = (): Promise<unknown> =>
  Promise.all(it.transfers.current.map(({ id }) => it.transfers.cancel(id)));

beforeEach(async () => {
  it = await aBackupPerch('panel-1.12', new FakeKeychain());
  here = join(it.dataFolder, 'here');
  mkdirSync(join(here, 'world'), { recursive: true });
  await it.connect('owner');
  await it.listed();
  await it.calls['sftp.setUp']({ serverId: serverId() });
});
afterEach(() => it.stop());

describe.each([1, 60])('an upload of %i files that waits for a node', (count) => {
  beforeEach(() => waiting(count));

  test('ends with Perch', async () => {
    expect(await took(() => it.stopModules())).toBeLessThan(soonMs);
    expect(kept()).toHaveLength(1);
  });

  test('leaves the list and the server when a person cancels it', async () => {
    await cancel();
    expect(await took(() => rows(0))).toBeLessThan(soonMs);
    expect(await took(() => eventually(kept, ({ length }) => length === 0))).toBeLessThan(soonMs);
    expect(it.stage.files().filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

test('a panel that does not answer the removal of a cancelled upload lets Perch end', async () => {
  await waiting(1);
  await it.stage.control.order({ do: 'wire', wire: { how: 'delay', delayMs: 60_000, path: '/files' } });
  await cancel();
  await new Promise((resolve) => setTimeout(resolve, soonMs));
  expect(kept()).toHaveLength(1);
  expect(await took(() => it.stopModules())).toBeLessThan(soonMs);
});
