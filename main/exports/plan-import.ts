/** Merges an import with the current settings and panels. Pure, so the result can be shown before it is applied. */
import type { ImportPreview } from '../../bridge/schema/import-preview.js';
import { isCleartextAddress } from '../../bridge/panel/cleartext.js';
import type { ServerGroup, Snippet } from '../../bridge/schema/setting-parts.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { AccountRecord } from '../base/ports.js';
import type { ExportContent, ExportPanel } from './export-file.js';
import { mergedAlerts, mergedBackupRules } from './merged-rules.js';
import { mergedRoles, shownRoles } from './merged-roles.js';
import { changedValues } from './portable.js';
import { withIds } from './server-refs.js';

export interface ImportPlan {
  readonly newRecords: readonly AccountRecord[];
  readonly fields: Partial<Settings>;
  readonly preview: ImportPreview;
}

const longestName = 100;
/** Number of snippets whose command is shown. */
const mostShown = 20;

export function planImport(
  content: ExportContent,
  { settings: now, records }: { settings: Settings; records: readonly AccountRecord[] },
  newId: () => string,
): ImportPlan {
  const ids = new Map<string, string>();
  const newRecords: AccountRecord[] = [];
  for (const panel of content.panels) {
    const known = accountFor(panel, [...records, ...newRecords], new Set(ids.values()));
    const record = known ?? waitingFor(panel, newId());
    if (known === null) newRecords.push(record);
    ids.set(panel.ref, record.id);
  }
  const { settings: said, lost } = withIds(content.settings, (ref) => ids.get(ref) ?? null);
  const wanted = onlyWhatIsSaid(content, now, said);
  const values = changedValues(now, wanted);
  const lists = mergedLists(now, wanted, newId);
  const leftOut: Sentence[] = [sentence('exports.left-keys')];
  if (lost > 0) leftOut.push(sentence('exports.left-lost', { count: lost }));
  if (!content.isWhole) leftOut.push(sentence('exports.left-damaged'));
  return {
    newRecords,
    fields: { ...values.fields, ...lists.fields },
    preview: {
      panels: newRecords.map(panelShown),
      changes: [...values.changes, ...lists.changes],
      leftOut,
    },
  };
}

/** The current settings, overwritten by the valid settings of the file. */
function onlyWhatIsSaid({ names, alertNames }: ExportContent, now: Settings, said: Settings): Settings {
  const chosen = <T extends object>(old: T, other: T, has: ReadonlySet<string>): T => ({
    ...old,
    ...Object.fromEntries(Object.entries(other).filter(([name]) => has.has(name))),
  });
  return { ...chosen(now, said, names), alerts: chosen(now.alerts, said.alerts, alertNames) };
}

/** Account with the panel's address, at best one with the same label. Each account is matched once. */
function accountFor(
  { address, label }: ExportPanel,
  records: readonly AccountRecord[],
  taken: ReadonlySet<string>,
): AccountRecord | null {
  const same = records.filter(
    ({ id, panelUrl, isDemo }) => !isDemo && panelUrl === address && !taken.has(id),
  );
  return same.find((record) => record.label === label) ?? same[0] ?? null;
}

function panelShown({ label, panelUrl: address, allServers }: AccountRecord): Sentence {
  const notes: Sentence[] = [];
  if (isCleartextAddress(address)) notes.push(sentence('accounts.cleartext'));
  if (allServers === true) notes.push(sentence('exports.all-servers'));
  const panel = sentence('exports.panel', { label, address });
  return notes.reduce((what, note) => sentence('exports.with-note', { what, note }), panel);
}

function waitingFor({ address, label, allServers }: ExportPanel, id: string): AccountRecord {
  return {
    id,
    label,
    panelUrl: address,
    keyStorage: 'keychain',
    isDemo: false,
    awaitsKey: true,
    ...(allServers ? { allServers } : {}),
    trusted: null,
    trustedNodes: [],
  };
}

interface Merged {
  readonly fields: Partial<Settings>;
  readonly changes: Sentence[];
}

function mergedLists(now: Settings, wanted: Settings, newId: () => string): Merged {
  const groups = mergedGroups(now.groups, wanted.groups, newId);
  const pins = added(now.pins, wanted.pins, (pin) => pin, mostKept.pins);
  const snippets = added(
    now.snippets,
    wanted.snippets.flatMap(cleanSnippet(newId)),
    meaning,
    mostKept.snippets,
  );
  const fixes = added(
    now.dismissedFixes,
    wanted.dismissedFixes,
    ({ serverId, kind }) => `${serverId} ${kind}`,
    mostKept.dismissedFixes,
  );
  const roles = mergedRoles(now.ownRoles, wanted.ownRoles, newId);
  const leftOut = mergedLeftOut(now.leftOutOfIcon, wanted.leftOutOfIcon);
  const alerts = mergedAlerts(now.alerts, wanted.alerts, groups.ids);
  const changes: Sentence[] = [];
  const fields: Partial<Settings> = {};
  const take = (count: number, field: Partial<Settings>, ...said: readonly Sentence[]): void => {
    if (count === 0) return;
    Object.assign(fields, field);
    changes.push(...said);
  };
  const groupNames = groups.names.map((name) => sentence('exports.group', { name }));
  const newSnippets = shownSnippets(snippets.all.slice(snippets.all.length - snippets.count));
  take(pins.count, { pins: pins.all }, sentence('exports.pins', { count: pins.count }));
  take(groups.names.length, { groups: groups.all }, ...groupNames);
  take(snippets.count, { snippets: snippets.all }, ...newSnippets);
  take(roles.added.length, { ownRoles: roles.all }, ...shownRoles(roles.added));
  take(fixes.count, { dismissedFixes: fixes.all }, sentence('exports.hidden', { count: fixes.count }));
  const icons = sentence('exports.left-out-of-icon', { count: leftOut.count });
  take(leftOut.count, { leftOutOfIcon: leftOut.all }, icons);
  if (JSON.stringify(alerts) !== JSON.stringify(now.alerts)) {
    fields.alerts = alerts;
    changes.push(sentence('exports.alerts', { count: alerts.rules.length }));
    if (alerts.isOn !== now.alerts.isOn) {
      changes.push(sentence(alerts.isOn ? 'exports.alerts-on' : 'exports.alerts-off'));
    }
  }
  const backupRules = mergedBackupRules(now.backupRules, wanted.backupRules, groups.ids);
  if (JSON.stringify(backupRules) !== JSON.stringify(now.backupRules)) {
    fields.backupRules = backupRules;
    changes.push(sentence('exports.backup-rules', { count: backupRules.rules.length }));
  }
  return { fields, changes };
}

function mergedLeftOut(
  now: Settings['leftOutOfIcon'],
  wanted: Settings['leftOutOfIcon'],
): { all: Settings['leftOutOfIcon']; count: number } {
  const servers = added(now.servers, wanted.servers, (id) => id, mostKept.serversLeftOut);
  const nodes = added(now.nodes, wanted.nodes, (key) => key, mostKept.nodesLeftOut);
  return { all: { servers: servers.all, nodes: nodes.all }, count: servers.count + nodes.count };
}

/** Appends new items to the current items. */
function added<T>(
  now: readonly T[],
  more: readonly T[],
  keyOf: (item: T) => string,
  most: number,
): { all: T[]; count: number } {
  const known = new Set(now.map(keyOf));
  const fresh = more.filter((item) => {
    const key = keyOf(item);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  const all = [...now, ...fresh].slice(0, Math.max(most, now.length));
  return { all, count: all.length - now.length };
}

/** Shows the commands of a file before the user can pick one by mistake. */
function shownSnippets(snippets: readonly Snippet[]): Sentence[] {
  const shown = snippets
    .slice(0, mostShown)
    .map(({ name, command }) => sentence('exports.snippet', { name, command }));
  const rest = snippets.length - shown.length;
  return rest > 0 ? [...shown, sentence('exports.snippets', { count: rest })] : shown;
}

const meaning = ({ name, command }: Snippet): string => JSON.stringify([name, command]);

function cleanSnippet(newId: () => string) {
  return ({ name, command }: Snippet): Snippet[] => {
    const line = command.replaceAll(/\p{Cc}+/gu, ' ').trim();
    return line === '' ? [] : [{ id: newId(), name: oneLine(name, longestName), command: line }];
  };
}

/** Merges groups of the same name. `ids`: group id in the file -> id of the merged group. */
function mergedGroups(now: readonly ServerGroup[], wanted: readonly ServerGroup[], newId: () => string) {
  const all = [...now];
  const ids = new Map<string, string>();
  const names = new Set<string>();
  for (const group of wanted) {
    const name = oneLine(group.name, longestName);
    if (name === '') continue;
    const place = all.findIndex((each) => each.name === name);
    const old = all[place];
    if (old === undefined) {
      if (all.length >= mostKept.groups) continue;
      const fresh = { ...group, id: newId(), name, serverIds: [...new Set(group.serverIds)] };
      all.push(fresh);
      ids.set(group.id, fresh.id);
      names.add(name);
      continue;
    }
    ids.set(group.id, old.id);
    const servers = added(old.serverIds, group.serverIds, (id) => id, mostKept.serversOfGroup);
    if (servers.count === 0) continue;
    all[place] = { ...old, serverIds: servers.all };
    names.add(name);
  }
  return { all, ids, names: [...names] };
}
