/**
 * Format, writer and reader of a file of rules. The reader expects files that anybody may have made.
 *
 * A server is named by the address of its panel and its id there, a group by its name: ids of accounts and groups belong
 * to one computer. No rule of a file is agreed to.
 */
import * as z from 'zod';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { ImportedRules } from '../../bridge/schema/rule-file-calls.js';
import { ruleSchema, type Rule } from '../../bridge/schema/rules.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { parseJson } from '../base/json.js';
import type { AccountRecord } from '../base/ports.js';
import { withPlaces } from './rule-places.js';

/** Raised with each change that an older Perch would read wrongly. */
const version = 1;
const mostPanels = 200;
/** As the schema of rules has it. */
const longestId = 300;

/** Panels, groups and servers of this computer. */
export interface RulePlaces {
  readonly records: readonly Pick<AccountRecord, 'id' | 'panelUrl'>[];
  readonly groups: Settings['groups'];
  hasServer(id: string): boolean;
}

const headSchema = z.object({ perch: z.literal('rules'), version: z.number().int().positive() });
const bodySchema = z.object({
  panels: z.array(z.string().max(2000)).max(mostPanels),
  groups: z.record(z.string(), z.string().max(200)),
  rules: z.array(z.unknown()).max(ruleLimits.rules),
});

/** Text of a file with these rules. The addresses and names that they use are all that it holds beside them. */
export function ruleFileText(rules: readonly Rule[], { records, groups }: RulePlaces): string {
  const panels: string[] = [];
  const names = new Map<string, string>();
  const panelOf = (accountId: string): number => {
    const address = records.find(({ id }) => id === accountId)?.panelUrl;
    if (address === undefined) return -1;
    if (!panels.includes(address) && panels.length < mostPanels) panels.push(address);
    return panels.indexOf(address);
  };
  const server = (id: string): string => {
    const { accountId, rest } = parted(id);
    return `p${panelOf(accountId)}/${rest}`;
  };
  const group = (id: string): string => {
    const name = groups.find((one) => one.id === id)?.name;
    if (name !== undefined) names.set(id, name);
    return id;
  };
  const told = rules.map((rule) => ({ ...withPlaces(rule, { server, group }), agreedAt: null }));
  const file = { perch: 'rules', version, panels, groups: Object.fromEntries(names), rules: told };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Throws `PerchError` for an unusable file. */
export function readRuleFile(text: string, here: RulePlaces): ImportedRules {
  const json = parseJson(text);
  if (json === undefined) throw refused('damaged');
  const head = headSchema.safeParse(json);
  if (!head.success) throw refused('other');
  if (head.data.version > version) throw refused('newer');
  const body = bodySchema.safeParse(json);
  if (!body.success) throw refused('damaged');
  const { panels, groups, rules } = body.data;
  const found = rules.flatMap((item) => {
    const parsed = ruleSchema.safeParse(item);
    return parsed.success ? [placed(parsed.data, { panels, groups }, here)] : [];
  });
  return { rules: found, leftOut: rules.length - found.length };
}

type FilePlaces = Pick<z.infer<typeof bodySchema>, 'panels' | 'groups'>;

function placed(
  rule: Rule,
  { panels, groups }: FilePlaces,
  here: RulePlaces,
): ImportedRules['rules'][number] {
  const missing = new Set<string>();
  const server = (id: string): string => {
    const { accountId: ref, rest } = parted(id);
    const address = /^p\d{1,3}$/.test(ref) ? panels[Number(ref.slice(1))] : undefined;
    const local = here.records
      .filter(({ panelUrl }) => panelUrl === address)
      .map((record) => `${record.id}/${rest}`)
      .find((one) => here.hasServer(one));
    if (local === undefined) missing.add(id);
    return local ?? nowhere(id);
  };
  const group = (id: string): string => {
    const name = Object.hasOwn(groups, id) ? groups[id] : undefined;
    const local = here.groups.find((one) => one.name === name);
    if (local === undefined) missing.add(`group ${id}`);
    return local?.id ?? nowhere(id);
  };
  const moved = withPlaces(rule, { server, group });
  return { rule: { ...moved, id: 'new', agreedAt: null }, missing: missing.size };
}

/** Nothing here has this id, also if a file of somebody else holds the id of a local server or group. */
function nowhere(id: string): string {
  return `missing/${id}`.slice(0, longestId);
}

/** A server id begins with its account id: `<account id>/<uuid>`. */
function parted(id: string): { accountId: string; rest: string } {
  const end = id.indexOf('/');
  return { accountId: end < 0 ? '' : id.slice(0, end), rest: id.slice(end + 1) };
}

function refused(why: 'damaged' | 'other' | 'newer'): PerchError {
  return new PerchError(newProblem('invalid', sentence(`rule-files.${why}`)));
}
