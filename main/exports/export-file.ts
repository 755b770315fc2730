/** Format, writer and reader of an export file. The reader expects files that anybody may have made. */
import * as z from 'zod';
import { settingsSchema, type Settings } from '../../bridge/schema/settings.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence } from '../../messages/messages.js';
import { parseJson } from '../base/json.js';
import type { AccountRecord } from '../base/ports.js';
import { readSettings, settingsVersion } from '../disk/stored-settings.js';
import { normalizePanelUrl } from '../panel/url.js';
import { isOwn } from './portable.js';
import { withIds } from './server-refs.js';

/** Raised with each change that an older Perch would read wrongly. */
const version = 1;
const mostPanels = 200;
const longestLabel = 100;

export interface ExportPanel {
  /** Replaces the account id inside the file. */
  readonly ref: string;
  readonly address: string;
  readonly label: string;
  readonly allServers: boolean;
}

export interface ExportContent {
  readonly panels: readonly ExportPanel[];
  /** The settings. Ids of accounts are replaced by the `ref` of the panel in `panels`. */
  readonly settings: Settings;
  /** Names of the settings and alert settings that the file contains. The others keep their current value. */
  readonly names: ReadonlySet<string>;
  readonly alertNames: ReadonlySet<string>;
  /** False if parts were invalid and left out. */
  readonly isWhole: boolean;
}

const headSchema = z.object({
  perch: z.literal('settings'),
  version: z.number().int().positive(),
  settingsVersion: z.number().int().positive(),
});
const recordSchema = z.record(z.string(), z.unknown());
const bodySchema = z.object({ panels: z.array(z.unknown()).max(mostPanels), settings: z.unknown() });
const panelSchema = z.object({
  ref: z.string().regex(/^p\d{1,4}$/),
  address: z.string().max(2000),
  label: z.string().max(1000),
  allServers: z.boolean().default(false),
});

/** Text of an export. It holds no key, key id or certificate, only addresses and names. */
export function exportText(settings: Settings, records: readonly AccountRecord[]): string {
  const kept = records.filter(({ isDemo }) => !isDemo).slice(0, mostPanels);
  const refs = new Map(kept.map(({ id }, place) => [id, `p${place + 1}`]));
  const { settings: told } = withIds(settings, (accountId) => refs.get(accountId) ?? null);
  const fields = Object.entries(told).filter(([name]) => !isOwn(name));
  const panels = kept.map(({ id, panelUrl, label, allServers }) => ({
    ref: refs.get(id),
    address: panelUrl,
    label,
    ...(allServers === true ? { allServers } : {}),
  }));
  const file = { perch: 'settings', version, settingsVersion, panels, settings: Object.fromEntries(fields) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Throws `PerchError` for an unusable file. */
export function readExport(text: string): ExportContent {
  const json = parseJson(text);
  if (json === undefined) throw refused('damaged');
  const head = headSchema.safeParse(json);
  if (!head.success) throw refused('other');
  if (head.data.version > version || head.data.settingsVersion > settingsVersion) throw refused('newer');
  const body = bodySchema.safeParse(json);
  if (!body.success) throw refused('damaged');
  const stored = readSettings(
    JSON.stringify({ version: head.data.settingsVersion, settings: body.data.settings }),
  );
  if (stored === null) throw refused('damaged');
  const panels = body.data.panels.flatMap(panelOf);
  const settings = settingsSchema.parse(stored.fields);
  const { kept } = stored;
  return {
    panels,
    settings,
    names: new Set(Object.keys(kept)),
    alertNames: new Set(Object.keys(recordSchema.safeParse(kept['alerts']).data ?? {})),
    isWhole: stored.isWhole && panels.length === body.data.panels.length,
  };
}

function panelOf(item: unknown): ExportPanel[] {
  const parsed = panelSchema.safeParse(item);
  if (!parsed.success || !/^https?:\/\//i.test(parsed.data.address)) return [];
  try {
    const { panelUrl } = normalizePanelUrl(parsed.data.address);
    const label = oneLine(parsed.data.label, longestLabel);
    return [{ ...parsed.data, address: panelUrl, label: label === '' ? new URL(panelUrl).host : label }];
  } catch {
    return [];
  }
}

function refused(why: 'damaged' | 'other' | 'newer'): PerchError {
  return new PerchError(newProblem('invalid', sentence(`exports.${why}`)));
}
