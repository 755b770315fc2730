/**
 * Refusals of calls about backups, from the command line to panel and node and back: each has a sentence, and no backup,
 * archive or file is lost. Programs go the same way, with the consent of the user.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects } from '../sandbox/panel/dialects.js';
import { aBackupPerch } from '../tests/support/backup-perch.js';
import { eventually, type BackupAttributes } from '../tests/support/backup-stage.js';
import { mcpProgram } from '../tests/support/mcp-program.js';

type Order = Record<string, unknown>;
type Action = 'create' | 'delete' | 'restore' | 'download' | 'lock';

interface Refusal {
  readonly what: string;
  /** Causes the refusal. */
  readonly orders: readonly Order[];
  readonly after: readonly Order[];
  readonly actions: readonly Action[];
  readonly code: number;
  readonly sentence: RegExp;
}

const survival = { server: 'Survival' };
const every: readonly Action[] = ['create', 'delete', 'restore', 'download', 'lock'];
const ofNode: readonly Action[] = ['create', 'delete', 'restore'];

/** The sentence is that of the panel, or Perch's own once Perch has read the state. */
const status = (what: string, wanted: string, sentence: RegExp): Refusal => ({
  what,
  orders: [{ do: 'status', ...survival, status: wanted }],
  after: [{ do: 'status', ...survival, status: null }],
  actions: every,
  code: 8,
  sentence,
});

const fault = (what: string, kind: Order): Refusal => ({
  what,
  orders: [{ do: 'fault', ...survival, fault: kind }],
  after: [{ do: 'fault', ...survival, fault: null }],
  actions: ofNode,
  code: 9,
  sentence: /^The node of the server does not answer, .*\nIt may have worked\. Check /,
});

const refusals: readonly Refusal[] = [
  {
    what: 'the limit is reached',
    orders: [{ do: 'backup-limit', ...survival, limit: 2 }],
    after: [{ do: 'backup-limit', ...survival, limit: 5 }],
    actions: ['create'],
    code: 8,
    sentence: /keeps at most 2 backups of this server.*\nDelete a backup/,
  },
  status('the server is suspended', 'suspended', /the server is suspended\.\n/i),
  status(
    'the server is installed',
    'installing',
    /(installation .* is not complete|server is being installed)\.\n/,
  ),
  {
    what: 'the server moves to another node',
    orders: [{ do: 'transferring', ...survival, on: true }],
    after: [{ do: 'transferring', ...survival, on: false }],
    actions: every,
    code: 8,
    sentence: /(being transferred|moving to another node).*\n/i,
  },
  status('a backup is restored', 'restoring_backup', /a backup is being restored\.\n/i),
  {
    what: 'the node is under maintenance',
    orders: [{ do: 'node-maintenance', node: 'Harbor', on: true }],
    after: [{ do: 'node-maintenance', node: 'Harbor', on: false }],
    actions: every,
    code: 8,
    sentence: /the node (of the server )?is under maintenance\.\n/i,
  },
  fault('the node answers 502', { kind: 'refuse', status: 502, message: 'Bad Gateway', fromProxy: true }),
  fault('the node is silent', { kind: 'hang' }),
  {
    what: 'the panel is under maintenance',
    orders: [{ do: 'panel', maintenance: {} }],
    after: [{ do: 'panel', maintenance: null }],
    actions: every,
    code: 9,
    sentence: /is closed for maintenance\.\n/,
  },
];

describe.each(Object.keys(dialects))('%s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  let good: BackupAttributes;
  let locked: BackupAttributes;

  const order = async (orders: readonly Order[]): Promise<void> => {
    for (const one of orders) expect((await it.stage.control.order(one)).status).toBe(200);
  };
  const perch = (action: Action, { uuid = good.uuid, name = 'New' } = {}) => {
    const options = { create: ['--name', name], delete: ['--yes'], restore: ['--confirm', 'Survival'] };
    const of = action === 'create' ? [] : [uuid];
    return it.perch('backup', action, 'Survival', ...of, ...(options[action as keyof typeof options] ?? []));
  };
  /** Backups that must stay. */
  const kept = async () => ({
    backups: (await it.stage.list()).map(({ uuid, name, is_locked }) => [uuid, name, is_locked]),
    archives: [good, locked].map(({ uuid }) => existsSync(it.stage.archiveOf(uuid))),
    files: it.stage.files(),
    notes: it.stage.read('world/notes.txt'),
  });

  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    it.stage.write('world/notes.txt', 'one');
    await order([{ do: 'panel', backupThrottle: { limit: 2, period: 0 } }]);
    locked = await it.stage.made({ name: 'Locked', is_locked: true });
    good = await it.stage.made({ name: 'Good' });
    it.stage.write('world/notes.txt', 'two');
    await it.connect('owner');
  });
  afterAll(() => it.stop());

  test.each(refusals)('if $what', async ({ what, orders, after, actions, code, sentence }) => {
    const before = await kept();
    await order(orders);
    for (const action of actions) {
      expect(await perch(action, { name: what }), action).toEqual({
        code,
        out: '',
        err: expect.stringMatching(sentence),
      });
    }
    await order(after);
    await it.opened();
    expect(await kept()).toEqual(before);
  });

  test('if the host allows no backups', async () => {
    const refused = await it.perch('backup', 'create', 'Lobby');
    expect(refused).toEqual({
      code: 8,
      out: '',
      err: expect.stringMatching(/allows no backups of this server/),
    });
  });

  test('if the backup is locked, in progress or unknown', async () => {
    const before = await kept();
    expect(await perch('delete', { uuid: locked.uuid })).toMatchObject({
      code: 8,
      err: expect.stringContaining('Unlock'),
    });
    await order([{ do: 'backups', ...survival, rate: 1 }]);
    const { uuid } = await it.stage.create({ name: 'Slow' });
    for (const action of ['restore', 'download'] as const) {
      expect(await perch(action, { uuid }), action).toMatchObject({
        code: 8,
        err: expect.stringMatching(/is not (complete|finished)/),
      });
    }
    await order([{ do: 'backups', ...survival, rate: null }]);
    await it.stage.ended(uuid);
    expect((await perch('delete', { uuid })).code).toBe(0);
    for (const action of ['delete', 'restore', 'download', 'lock'] as const) {
      expect((await perch(action, { uuid })).code, action).toBe(4);
    }
    expect(await kept()).toEqual(before);
  });

  test('if a program has no consent, and not if it has', async () => {
    const before = await kept();
    const { call, greet, end } = mcpProgram(it.dataFolder);
    await greet();
    const asks = async (answer: 'once' | 'refuse') => {
      const asked = call('create_backup', { server: 'Survival', name: 'By a robot' });
      const { questions } = await eventually(
        () => it.consent.current,
        ({ questions: open }) => open.length > 0,
      );
      it.consent.answer(questions[0]?.id ?? '', answer);
      return asked;
    };
    expect(await asks('refuse')).toMatchObject({ isError: true, text: expect.stringContaining('refused') });
    for (const tool of ['delete_backup', 'restore_backup']) {
      expect(await call(tool, { server: 'Survival', backup: good.uuid }), tool).toMatchObject({
        isError: true,
      });
    }
    expect(await kept()).toEqual(before);
    expect(await asks('once')).toMatchObject({ isError: false });
    const [made] = (await it.stage.list()).filter(({ name }) => name === 'By a robot');
    expect(await it.stage.ended(made?.uuid ?? '')).toMatchObject({ is_successful: true });
    const listed = JSON.parse((await call('backups', { server: 'Survival' })).text) as {
      backups: { name: string; state: string; by: unknown }[];
    };
    expect(listed.backups).toHaveLength(3);
    expect(listed.backups.find(({ name }) => name === 'By a robot')).toMatchObject({
      state: 'good',
      maker: 'person',
      by: { kind: 'me', program: 'robot' },
    });
    await end();
  });
});

describe.each(Object.keys(dialects))('%s, with the key of a subuser', (dialect) => {
  test('names the permission that lacks', async () => {
    const it = await aBackupPerch(dialect);
    try {
      const made = await it.stage.made({ name: 'Good' });
      const permissions = ['websocket.connect', 'backup.read'];
      await it.stage.control.order({ do: 'permissions', ...survival, user: 'subuser', permissions });
      await it.connect('subuser');
      const rows = [
        ['create', [], 'backup.create'],
        ['delete', ['--yes'], 'backup.delete'],
        ['lock', [], 'backup.delete'],
        ['restore', ['--confirm', 'Survival'], 'backup.restore'],
        ['download', [], 'backup.download'],
      ] as const;
      for (const [action, options, permission] of rows) {
        const of = action === 'create' ? [] : [made.uuid];
        const refused = await it.perch('backup', action, 'Survival', ...of, ...options);
        expect(refused, action).toMatchObject({ code: 5, err: expect.stringContaining(permission) });
      }
      expect(await it.stage.list()).toHaveLength(1);
      expect(existsSync(it.stage.archiveOf(made.uuid))).toBe(true);
    } finally {
      await it.stop();
    }
  });
});
