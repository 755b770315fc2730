import { describe, expect, it } from 'vitest';
import type { ServerGroup, Snippet } from '../../bridge/schema/setting-parts.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { sentence } from '../../messages/messages.js';
import { someSettings } from '../../tests/support/entities.js';
import { aRecord } from '../../tests/support/fleet-fakes.js';
import type { AccountRecord } from '../base/ports.js';
import type { ExportContent, ExportPanel } from './export-file.js';
import { planImport } from './plan-import.js';

const address = 'https://panel.example.com';
const panel = (fields: Partial<ExportPanel> = {}): ExportPanel => ({
  ref: 'p1',
  address,
  label: 'Home',
  allServers: false,
  ...fields,
});
const record = (fields: Partial<AccountRecord> = {}): AccountRecord =>
  aRecord({ id: 'home', panelUrl: address, label: 'Home', ...fields });
const group = (id: string, name: string, ...serverIds: string[]): ServerGroup => ({
  id,
  name,
  isCollapsed: false,
  serverIds,
});
const snippet = (name: string, command: string): Snippet => ({ id: 'x', name, command });

/** The plan for a file with these settings, on a computer with those. */
function plan(
  wanted: Partial<Settings>,
  {
    now = {},
    records = [record()],
    ...content
  }: { now?: Partial<Settings>; records?: readonly AccountRecord[] } & Partial<ExportContent> = {},
) {
  let count = 0;
  const whole: ExportContent = {
    panels: [panel()],
    settings: someSettings(wanted),
    names: new Set(Object.keys(wanted)),
    alertNames: new Set(Object.keys(wanted.alerts ?? {})),
    isWhole: true,
    ...content,
  };
  return planImport(whole, { settings: someSettings(now), records }, () => `new${++count}`);
}

describe('the accounts of an import', () => {
  const idsFor = (panels: readonly ExportPanel[], records: readonly AccountRecord[]): readonly string[] => {
    const pins = panels.map(({ ref }) => `${ref}/u`);
    return plan({ pins }, { panels, records }).fields.pins ?? [];
  };

  it('are those of the same address, at best with the same label, each once', () => {
    const records = [record({ id: 'a', label: 'Other' }), record({ id: 'b' })];
    expect(idsFor([panel()], records)).toEqual(['b/u']);
    expect(idsFor([panel({ label: 'Unknown' })], records)).toEqual(['a/u']);
    expect(idsFor([panel(), panel({ ref: 'p2' })], records)).toEqual(['b/u', 'a/u']);
    expect(idsFor([panel(), panel({ ref: 'p2' }), panel({ ref: 'p3' })], records)).toEqual([
      'b/u',
      'a/u',
      'new1/u',
    ]);
  });

  it('are neither the demo nor accounts of another panel', () => {
    const records = [
      record({ id: 'demo', isDemo: true }),
      record({ id: 'far', panelUrl: 'https://far.example.com' }),
    ];
    expect(idsFor([panel()], records)).toEqual(['new1/u']);
  });

  it('wait for a key if they are new, and name their peculiarities', () => {
    const { newRecords, preview } = plan(
      {},
      { records: [], panels: [panel({ address: 'http://panel.example.com', allServers: true })] },
    );
    expect(newRecords).toEqual([
      {
        id: 'new1',
        label: 'Home',
        panelUrl: 'http://panel.example.com',
        keyStorage: 'keychain',
        isDemo: false,
        awaitsKey: true,
        allServers: true,
        trusted: null,
        trustedNodes: [],
      },
    ]);
    const shown = sentence('exports.panel', { label: 'Home', address: 'http://panel.example.com' });
    const what = sentence('exports.with-note', { what: shown, note: sentence('accounts.cleartext') });
    expect(preview.panels).toEqual([
      sentence('exports.with-note', { what, note: sentence('exports.all-servers') }),
    ]);
  });
});

describe('parts left out of an import', () => {
  it('is always the keys, and the missing or damaged parts of the file', () => {
    const keys = sentence('exports.left-keys');
    expect(plan({ pins: ['p1/u'] }).preview.leftOut).toEqual([keys]);
    expect(plan({ pins: ['p1/u', 'p9/u', 'no account'] }, { isWhole: false }).preview.leftOut).toEqual([
      keys,
      sentence('exports.left-lost', { count: 2 }),
      sentence('exports.left-damaged'),
    ]);
  });
});

describe('the lists of an import', () => {
  it('are added to those of this computer, each entry once', () => {
    const { fields, preview } = plan(
      {
        pins: ['p1/a', 'p1/b', 'p1/b'],
        dismissedFixes: [
          { serverId: 'p1/a', kind: 'eula' },
          { serverId: 'p1/a', kind: 'port' },
          { serverId: 'p1/b', kind: 'port' },
        ],
        leftOutOfIcon: { servers: ['p1/a', 'p1/b'], nodes: ['p1/Node 1', 'p1/Node 2'] },
      },
      {
        now: {
          pins: ['home/a'],
          dismissedFixes: [{ serverId: 'home/a', kind: 'port' }],
          leftOutOfIcon: { servers: ['home/a'], nodes: ['home/Node 1'] },
        },
      },
    );
    expect(fields.pins).toEqual(['home/a', 'home/b']);
    expect(fields.dismissedFixes?.map(({ serverId, kind }) => `${serverId} ${kind}`)).toEqual([
      'home/a port',
      'home/a eula',
      'home/b port',
    ]);
    expect(fields.leftOutOfIcon).toEqual({
      servers: ['home/a', 'home/b'],
      nodes: ['home/Node 1', 'home/Node 2'],
    });
    expect(preview.changes).toEqual([
      sentence('exports.pins', { count: 1 }),
      sentence('exports.hidden', { count: 2 }),
      sentence('exports.left-out-of-icon', { count: 2 }),
    ]);
  });

  it('change nothing without a new entry', () => {
    const groups = [group('g', 'Events', 'home/a')];
    const found = plan(
      { pins: ['p1/a'], groups: [group('other', ' Events ', 'p1/a'), group('empty', ' ')] },
      { now: { pins: ['home/a'], groups } },
    );
    expect([found.fields, found.preview.changes]).toEqual([{}, []]);
  });

  it('merge groups of the same name, and give new groups new ids', () => {
    const { fields, preview } = plan(
      { groups: [group('1', 'Lobby', 'p1/c', 'p1/c'), group('2', 'Events', 'p1/a', 'p1/b')] },
      { now: { groups: [group('old', 'Other'), group('g', 'Events', 'home/a')] } },
    );
    expect(fields.groups).toEqual([
      group('old', 'Other'),
      group('g', 'Events', 'home/a', 'home/b'),
      group('new1', 'Lobby', 'home/c'),
    ]);
    expect(preview.changes).toEqual(['Lobby', 'Events'].map((name) => sentence('exports.group', { name })));
  });

  it('have no more groups than the settings hold', () => {
    const groups = Array.from({ length: mostKept.groups - 1 }, (_none, place) =>
      group(`g${place}`, `G${place}`),
    );
    const { fields } = plan({ groups: [group('1', 'One'), group('2', 'Two')] }, { now: { groups } });
    expect(fields.groups?.map(({ name }) => name)).toEqual([...groups.map(({ name }) => name), 'One']);
  });

  it('have snippets of one line, without empty ones, and show the first twenty', () => {
    const { fields, preview } = plan(
      { snippets: [snippet(' Hello ', ' say\r\n\thi '), snippet('Empty', ' \n'), snippet('Old', 'stop')] },
      { now: { snippets: [snippet('Old', 'stop')] } },
    );
    expect(fields.snippets?.slice(1)).toEqual([{ id: 'new1', name: 'Hello', command: 'say hi' }]);
    expect(preview.changes).toEqual([sentence('exports.snippet', { name: 'Hello', command: 'say hi' })]);
    const many = Array.from({ length: 21 }, (_none, place) => snippet('Say', `say ${place}`));
    expect(plan({ snippets: many.slice(0, 20) }).preview.changes).toHaveLength(20);
    expect(plan({ snippets: many }).preview.changes.slice(19)).toEqual([
      sentence('exports.snippet', { name: 'Say', command: 'say 19' }),
      sentence('exports.snippets', { count: 1 }),
    ]);
  });

  it('have the roles of the file, and say how many permissions each has', () => {
    const role = { id: 'x', name: 'Streamer', permissions: ['control.start', 'file.read'] };
    const { fields, preview } = plan({ ownRoles: [role] });
    expect(fields.ownRoles).toEqual([{ ...role, id: 'new1' }]);
    expect(preview.changes).toEqual([sentence('exports.role', { name: 'Streamer', count: 2 })]);
  });

  it('have no more snippets than the settings hold, and lose none of those that this computer has', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_none, place) => snippet('Say', `say ${place}`));
    expect(plan({ snippets: many(mostKept.snippets + 1) }).fields.snippets).toHaveLength(mostKept.snippets);
    expect(
      plan({ snippets: [snippet('New', 'new')] }, { now: { snippets: many(mostKept.snippets) } }).fields,
    ).toEqual({});
  });
});

describe('the alerts of an import', () => {
  const { alerts } = someSettings();
  const rule = (kind: 'panel' | 'group' | 'server', id: string, snoozedUntil: number | null = null) => ({
    scope: { kind, id },
    switches: { crashed: false },
    isMuted: true,
    snoozedUntil,
  });

  it('have the rules of both, for the merged groups, with the snoozes of this computer', () => {
    const { fields, preview } = plan(
      {
        alerts: { ...alerts, rules: [rule('server', 'p1/a', 7), rule('group', 'g'), rule('group', 'gone')] },
        groups: [group('g', 'Events', 'p1/a')],
      },
      { now: { alerts: { ...alerts, rules: [rule('server', 'home/a', 5), rule('panel', 'home')] } } },
    );
    expect(fields.alerts?.rules).toEqual([
      rule('server', 'home/a', 5),
      rule('panel', 'home'),
      rule('group', 'new1'),
    ]);
    expect(preview.changes.slice(1)).toEqual([sentence('exports.alerts', { count: 3 })]);
  });

  it('say whether they are switched on or off by the import', () => {
    for (const isOn of [true, false]) {
      const { preview } = plan(
        { alerts: { ...alerts, isOn } },
        { now: { alerts: { ...alerts, isOn: !isOn } } },
      );
      expect(preview.changes).toEqual([
        sentence('exports.alerts', { count: 0 }),
        sentence(isOn ? 'exports.alerts-on' : 'exports.alerts-off'),
      ]);
    }
    expect(plan({ alerts }).preview.changes).toEqual([]);
  });
});

describe('the rules for backups of an import', () => {
  const rule = (kind: 'panel' | 'group' | 'server', id: string, goodDays: number) => ({
    scope: { kind, id },
    choices: { goodDays },
  });
  const now = { backupRules: { all: {}, rules: [rule('server', 'home/a', 1), rule('panel', 'home', 2)] } };

  it('replace those for the same scope, and say that Perch deletes backups by them', () => {
    const rules = [rule('server', 'p1/a', 7), rule('group', 'g', 8), rule('group', 'gone', 9)];
    const { fields, preview } = plan(
      {
        groups: [group('g', 'Mine', 'p1/a')],
        backupRules: { all: { byHand: true }, rules },
      },
      { now },
    );
    const groupId = fields.groups?.[0]?.id ?? '';
    expect(fields.backupRules).toEqual({
      all: { byHand: true },
      rules: [rule('server', 'home/a', 7), rule('panel', 'home', 2), rule('group', groupId, 8)],
    });
    expect(preview.changes.at(-1)).toEqual(sentence('exports.backup-rules', { count: 3 }));
  });

  it('stay if the file names none', () => {
    expect(plan({}, { now }).fields.backupRules).toBeUndefined();
  });
});
