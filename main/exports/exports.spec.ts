import { describe, expect, it } from 'vitest';
import type { Settings } from '../../bridge/schema/settings.js';
import { PerchError } from '../../bridge/errors.js';
import { spoken } from '../../messages/messages.js';
import { someMemory, someSettings } from '../../tests/support/entities.js';
import { aRecord } from '../../tests/support/fleet-fakes.js';
import type { AccountRecord } from '../base/ports.js';
import { Exports } from './exports.js';

const pem = '-----BEGIN CERTIFICATE-----PLANTED';
const key = 'ptlc_PLANTEDPLANTEDPLANTEDPLANTEDPLANTEDPLANTED0';

/** One computer with the content of its disk. */
function computer(settings: Partial<Settings> = {}, records: AccountRecord[] = [], prefix = 'new') {
  let count = 0;
  const state = { settings: someSettings(settings), records: [...records], added: [] as AccountRecord[] };
  const file = {
    get current() {
      return state.settings;
    },
    failure: null as Error | null,
    update: (change: (now: Settings) => Partial<Settings>) => {
      if (file.failure !== null) return Promise.reject(file.failure);
      state.settings = { ...state.settings, ...change(state.settings) };
      return Promise.resolve(state.settings);
    },
  };
  const exports = new Exports({
    settings: file,
    book: {
      get all() {
        return state.records;
      },
      put: async (record) => void state.records.push(record),
      remove: async (id) => void (state.records = state.records.filter((record) => record.id !== id)),
    },
    fleet: { addAccount: (record) => void state.added.push(record) },
    newId: () => `${prefix}${++count}`,
  });
  return { exports, state, file };
}

const quietHours = { from: 60, to: 120 };
const alertsNow = someSettings().alerts;

function fileWith(settings: object, panels: object[] = []): string {
  const { version, settingsVersion } = JSON.parse(computer().exports.text()) as Record<string, unknown>;
  return JSON.stringify({ perch: 'settings', version, settingsVersion, panels, settings });
}

const rule = (kind: 'panel' | 'group' | 'server', id: string) => ({
  scope: { kind, id },
  switches: { crashed: false },
  isMuted: true,
  snoozedUntil: 5,
});

function first() {
  const alerts = {
    ...someSettings().alerts,
    slowStartMinutes: 3,
    rules: [rule('panel', 'home'), rule('server', 'home/u1'), rule('group', 'g1'), rule('panel', 'demo')],
    oneTimeAlerts: [{ serverId: 'home/u1', when: 'up' as const, metAt: null }],
  };
  const trusted = { pem, fingerprint: 'AA:BB:PLANTED' };
  return computer(
    {
      theme: 'dark',
      confirmStop: true,
      liveLimit: 7,
      pins: ['home/u1', 'work/u2', 'demo/u3'],
      groups: [{ id: 'g1', name: 'Lobbies', isCollapsed: true, serverIds: ['work/u2', 'home/u1'] }],
      snippets: [{ id: 's1', name: 'Save', command: 'save-all' }],
      dismissedFixes: [{ serverId: 'home/u1', kind: 'eula' }],
      leftOutOfIcon: { servers: ['home/u1', 'demo/u1'], nodes: ['home/Node 1'] },
      fleetColumns: { chosen: ['cpu'], order: [], widths: {} },
      alerts,
    },
    [
      aRecord({
        id: 'home',
        label: 'Home',
        trusted,
        trustedNodes: [{ ...trusted, host: 'node' }],
        allServers: true,
      }),
      aRecord({ id: 'work', label: 'Work', panelUrl: 'https://work.example.com/p' }),
      aRecord({ id: 'demo', isDemo: true, panelUrl: 'http://127.0.0.1:4' }),
    ],
  );
}

const codeOf = (look: () => unknown): string => {
  try {
    look();
    return 'taken';
  } catch (error) {
    if (error instanceof PerchError) return error.problem.message.id;
    throw error;
  }
};

describe('an export', () => {
  it('holds no key, certificate or account id, and no data of the demo or of this computer only', () => {
    const text = first().exports.text();
    for (const secret of [
      key,
      pem,
      'PLANTED',
      'AA:BB',
      'ptlc_',
      'olive',
      '"home',
      '"work',
      'demo',
      '127.0.0.1',
    ])
      expect(text, secret).not.toContain(secret);
    expect(text).toContain('https://work.example.com/p');
    const file = JSON.parse(text) as { settings: object };
    for (const own of ['restartWarning', 'proxy', 'sidebar', ...Object.keys(someMemory())].filter(
      (name) => name !== 'updates',
    ))
      expect(file.settings).not.toHaveProperty(own);
  });
});

describe('an import', () => {
  it('finds the same servers on a computer where the panels have other ids, or none yet', async () => {
    const { exports, state } = computer({ pins: ['x9/u0'] }, [aRecord({ id: 'x9', label: 'Mine' })]);
    const text = first().exports.text();
    const preview = exports.look(text);
    expect(state.records).toHaveLength(1);
    expect(preview.panels.map(spoken)).toEqual([
      'Work (https://work.example.com/p), which needs its key afterwards',
    ]);
    const changes = preview.changes.map(spoken);
    expect(changes).toContain('Theme: System → Dark');
    expect(changes).toContain('Ask before stopping a server: off → on');
    expect(changes).toContain('Maximum live connections: Automatic → 7');
    expect(changes).toContain('2 servers are pinned');
    await exports.apply();
    const work = state.added[0]?.id ?? '';
    expect(state.records[1]).toMatchObject({ id: work, label: 'Work', awaitsKey: true, trusted: null });
    const { settings } = state;
    expect(settings.pins).toEqual(['x9/u0', 'x9/u1', `${work}/u2`]);
    const [group] = settings.groups;
    expect(group).toMatchObject({ name: 'Lobbies', serverIds: [`${work}/u2`, 'x9/u1'] });
    expect(settings.snippets).toMatchObject([{ name: 'Save', command: 'save-all' }]);
    expect(settings.dismissedFixes).toEqual([{ serverId: 'x9/u1', kind: 'eula' }]);
    expect(settings.leftOutOfIcon).toEqual({ servers: ['x9/u1'], nodes: ['x9/Node 1'] });
    expect(settings.fleetColumns.chosen).toEqual(['cpu']);
    expect(settings.alerts.slowStartMinutes).toBe(3);
    expect(settings.alerts.rules.map(({ scope }) => scope.id)).toEqual(['x9', 'x9/u1', group?.id]);
    expect(settings.alerts.rules.every(({ snoozedUntil }) => snoozedUntil === null)).toBe(true);
  });

  it('changes nothing the second time', async () => {
    const { exports } = computer();
    const text = first().exports.text();
    exports.look(text);
    await exports.apply();
    expect(exports.look(text)).toMatchObject({ panels: [], changes: [] });
  });

  it('ignores missing and invalid parts of the file', async () => {
    const { exports, state } = computer({
      theme: 'dark',
      liveLimit: 7,
      alerts: { ...alertsNow, quietHours },
    });
    const before = state.settings;
    for (const settings of [{}, { theme: 'purple', alerts: { slowStartMinutes: 'never', switches: [] } }]) {
      expect(exports.look(fileWith(settings)).changes).toEqual([]);
      await exports.apply();
      expect(state.settings).toEqual(before);
    }
    exports.look(fileWith({ alerts: { slowStartMinutes: 3 } }));
    await exports.apply();
    expect(state.settings.alerts).toEqual({ ...before.alerts, slowStartMinutes: 3 });
  });

  it('reports that notifications are switched off, and shows the commands of snippets', () => {
    const snippets = Array.from({ length: 23 }, (_, n) => ({
      id: `s${n}`,
      name: `Do ${n}`,
      command: `op ${n}`,
    }));
    const said = computer()
      .exports.look(fileWith({ alerts: { isOn: false }, snippets }))
      .changes.map(spoken);
    expect(said).toContain('All notifications are off');
    expect(said).toContain('Snippet “Do 0”: op 0');
    expect(said).toContain('3 snippets are added');
  });

  it("reports an unencrypted panel, and a panel that shows other people's servers", () => {
    const panel = { ref: 'p1', address: 'http://evil.example', label: 'panel.example.com', allServers: true };
    const [said] = computer()
      .exports.look(fileWith({}, [panel]))
      .panels.map(spoken);
    expect(said).toContain('http://evil.example');
    expect(said).toContain('Not encrypted');
    expect(said).toContain('Other users’ servers');
  });

  it('reports dropped parts', () => {
    const file = JSON.parse(first().exports.text()) as Record<string, unknown>;
    const settings = { ...(file['settings'] as Settings), pins: ['p7/u1', 'nonsense'], theme: 'loud' };
    const { leftOut } = computer().exports.look(JSON.stringify({ ...file, settings }));
    const said = leftOut.map(spoken);
    expect(said[0]).toContain('Keys');
    expect(said).toContain('2 entries for panels missing from the file');
    expect(said).toContain('Damaged parts of the file');
  });

  it('cleans texts and addresses of the file', () => {
    const file = JSON.parse(first().exports.text()) as Record<string, unknown>;
    const panels = [
      { ref: 'p1', address: 'https://panel.example.com/', label: 'A\u202eB\u001b[31m\nC' },
      { ref: 'p2', address: 'https://me:secret@work.example.com', label: 'login' },
      { ref: 'p3', address: 'javascript:alert(1)', label: 'script' },
      { ref: '../home', address: 'https://a.example.com', label: 'ref' },
    ];
    const preview = computer().exports.look(JSON.stringify({ ...file, panels }));
    expect(preview.panels.map(spoken)).toEqual([
      'AB C (https://panel.example.com), which needs its key afterwards',
    ]);
  });

  it.each([
    ['damaged', '{"perch": "settings", "version"'],
    ['damaged', ''],
    ['damaged', '{"perch":"settings","version":1,"settingsVersion":1,"panels":{},"settings":{}}'],
    ['damaged', '{"perch":"settings","version":1,"settingsVersion":1,"panels":[],"settings":[]}'],
    ['other', '{"version":2,"settings":{}}'],
    ['other', '[1,2,3]'],
    ['other', 'null'],
    ['newer', '{"perch":"settings","version":99,"settingsVersion":1}'],
    ['newer', '{"perch":"settings","version":1,"settingsVersion":99,"panels":[],"settings":{}}'],
  ])('refuses a file that is %s: %s', async (why, text) => {
    const { exports, state } = computer();
    const before = JSON.stringify(state);
    expect(codeOf(() => exports.look(text))).toBe(`exports.${why}`);
    await expect(exports.apply()).rejects.toBeInstanceOf(PerchError);
    expect(JSON.stringify(state)).toBe(before);
  });

  it('is applied completely or not at all', async () => {
    const { exports, state, file } = computer();
    exports.look(first().exports.text());
    file.failure = new Error('disk full');
    await expect(exports.apply()).rejects.toThrow('disk full');
    expect(state.records).toEqual([]);
    expect(state.added).toEqual([]);
  });
});
