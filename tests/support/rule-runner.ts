/*
 * Main without a desktop as a program of its own, for tests that kill it: connects to a panel, and runs its rule once as soon
 * as the game runs. Prints each order that leaves, and with `end` every trace once all runs are over.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Keychain, Log } from '../../main/base/ports.js';
import { hasRun } from '../../main/rules/active-runs.js';
import { aRule } from './rule-examples.js';
import { modulesWithoutDesktop } from './modules-without-desktop.js';

const [panel = '', key = '', dataFolder = '', what = ''] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** A keychain that outlives this program. */
const keysPath = join(dataFolder, 'keys-of-the-test.json');
const keys = (): Record<string, string> => {
  try {
    return JSON.parse(readFileSync(keysPath, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
};
const keychain: Keychain = {
  getPassword: (service, account) => Promise.resolve(keys()[`${service}/${account}`] ?? null),
  setPassword: (service, account, password) =>
    Promise.resolve(
      writeFileSync(keysPath, JSON.stringify({ ...keys(), [`${service}/${account}`]: password })),
    ),
  deletePassword: () => Promise.resolve(false),
};
const log: Log = {
  debug: () => undefined,
  info: (event, fields) => void (event === 'rules.order' && say(`order ${String(fields?.['order'])}`)),
  warn: (event) => void say(`warn ${event}`),
  error: (event, fields) => void say(`error ${event} ${JSON.stringify(fields)}`),
};

const modules = modulesWithoutDesktop({ dataFolder, log, keychain });
const { settings, memory, book, fleet, store, rules, calls } = modules;
await settings.start();
await memory.start(settings);
modules.start();
const accounts = await book.load();
fleet.start(accounts);
if (accounts.length === 0)
  await modules.actions['accounts.add']({ url: panel, key, keep: 'keychain' }, { webContentsId: 1 });
const started = rules.start();
modules.takeUp(accounts.map(({ id }) => id));

const game = () => [...store.state.servers.values()].find(({ name }) => name === 'Survival');
while (game()?.power !== 'running' || game()?.link.kind !== 'live') await pause(50);
const serverId = game()?.id ?? '';
if (what === 'begin') {
  const isThere = rules.book.current.length > 0;
  const rule = aRule({
    target: { kind: 'server', serverId },
    trigger: { kind: 'by-hand' },
    steps: [
      { kind: 'power', on: null, signal: 'restart' },
      { kind: 'wait', sign: { kind: 'state', on: null, state: 'running' }, limitMs: 60_000, late: 'end' },
      { kind: 'notify', text: 'Done' },
    ],
  });
  if (!isThere) await calls['rules.save']({ rule, replaces: null, isAgreed: true });
  await calls['rules.run']({ id: rules.book.current[0]?.id ?? '', serverIds: null, isDry: false });
  say('begun');
  // Until the test kills this program.
  await pause(600_000);
}
await started;
/** Whether the disk has the trace of each run. */
const isOver = (): boolean =>
  rules.book.current.every(({ id }) => {
    const state = rules.driver.state(id);
    return state !== undefined && !hasRun(state) && state.unstored.length === 0;
  });
while (!isOver()) await pause(100);
const query = { ruleId: null, serverId: null, before: null, count: 200 };
const { records } = await calls['rules.records'](query);
say(`records ${JSON.stringify(records)}`);
process.exit(0);
