/** Activity of a server by its panel's log, for the command line and for programs. */
import { serverKinds } from '../../bridge/events/activity-kinds.js';
import { activityWords } from '../../bridge/events/activity-words.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { isSecretName } from '../../bridge/redaction/secret-names.js';
import type { ActivityEntry } from '../../bridge/schema/activity.js';
import type { RemoteActivity } from '../../bridge/schema/remote-account-verbs.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { learnArea, spoken } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import type { Call } from './call.js';
import { forPrograms, userForPrograms } from './for-programs.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemoteActivityDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'activity.ofServer'>;
}

/** Most pages of the panel for one answer: 10,000 entries. */
const mostPages = 100;
const longest = 1000;
const hidden = '***';

/** The newest entries that match, oldest first. A program gets no addresses, and no text that looks secret. */
export async function listActivity(
  deps: RemoteActivityDeps,
  input: RemoteInput<'activity'>,
  call: Pick<Call<'activity'>, 'client' | 'isEnded'>,
): Promise<RemoteOutput<'activity'>> {
  const server = await settledServer(deps, input.name);
  // Main loads the sentences of this area when a program first asks for them.
  await learnArea('activity');
  const isProgram = call.client.kind === 'program';
  const matches = filterOf(input, isProgram);
  const { entries, ...found } = await newest(deps, server.id, { ...input, matches }, () => call.isEnded);
  const shown = shownTo(call.client);
  return { server: shownServer(server, deps), entries: entries.map(shown).reverse(), ...found };
}

export type ActivityFilter = (entry: ActivityEntry) => boolean;

/** A program knows people by the names that Perch gave it. */
export function filterOf(
  { by, since, until }: Pick<RemoteInput<'activity'>, 'by' | 'since' | 'until'>,
  isProgram: boolean,
): ActivityFilter {
  const named = (name: string): string => (isProgram ? userForPrograms(name) : name).toLowerCase();
  return (entry) =>
    (by === null || (entry.by !== null && named(entry.by) === named(by))) &&
    entry.at >= (since ?? -Infinity) &&
    entry.at <= (until ?? Infinity);
}

type Search = Pick<RemoteInput<'activity'>, 'limit' | 'kind' | 'since'> & {
  readonly matches: ActivityFilter;
};

/**
 * Reads pages until there are `limit` entries that match, until entries are older than `since`, or until the log ends.
 * New entries at the panel move the pages on, so an entry may come twice; a page without a new entry ends the search,
 * whatever number of pages the panel claims.
 */
async function newest(
  { actions }: Pick<RemoteActivityDeps, 'actions'>,
  serverId: string,
  { limit, kind, since, matches }: Search,
  isEnded: () => boolean,
): Promise<{ entries: ActivityEntry[]; total: number; unread: number; isCut: boolean }> {
  const event = kind === null ? {} : { event: serverKinds[kind] };
  const read = new Set<string>();
  const found: ActivityEntry[] = [];
  let unread = 0;
  for (let page = 1; ; page += 1) {
    const answer = await actions['activity.ofServer']({ serverId, page, ...event });
    const { entries, pages, total } = answer;
    unread += answer.unread ?? 0;
    const fresh = entries.filter(({ id }) => !read.has(id));
    for (const { id } of fresh) read.add(id);
    found.push(...fresh.filter(matches));
    const isPast = (entries.at(-1)?.at ?? -Infinity) < (since ?? -Infinity);
    const isWhole = isPast || page >= pages || fresh.length === 0;
    if (isWhole || found.length >= limit || page >= mostPages || isEnded()) {
      return {
        entries: found.slice(0, limit),
        total: Math.max(total, read.size),
        unread,
        isCut: !isWhole && found.length < limit,
      };
    }
  }
}

/** An entry as this client may see it. */
export function shownTo({
  kind,
}: Pick<Call<'activity'>['client'], 'kind'>): (entry: ActivityEntry) => RemoteActivity {
  return kind === 'program' ? forProgram : forPerson;
}

function forPerson(entry: ActivityEntry): RemoteActivity {
  const { at, isApi, by, ip } = entry;
  return {
    at,
    event: oneLine(entry.event, 200),
    text: oneLine(spoken(activityWords(entry)), longest),
    by: by === null ? null : oneLine(by, 200),
    isApi,
    ip: ip === null ? null : oneLine(ip, 100),
  };
}

function forProgram(entry: ActivityEntry): RemoteActivity {
  const { text, by, ...shown } = forPerson({ ...entry, properties: withoutSecretValues(entry) });
  return { ...shown, text: forPrograms(text), by: by === null ? null : userForPrograms(by), ip: null };
}

/** The values of a startup variable whose name looks secret are hidden whole, and so is the password of a console command. */
function withoutSecretValues({ event, properties }: ActivityEntry): ActivityEntry['properties'] {
  const { variable, command } = properties;
  if (event === 'server:startup.edit' && isSecretName(String(variable))) {
    return { ...properties, old: hidden, new: hidden };
  }
  if (event !== 'server:console.command' || typeof command !== 'string') return properties;
  // A console takes commands without the slash by which passwords in them are known.
  return { ...properties, command: forPrograms(`/${command.replace(/^\//, '')}`).slice(1) };
}
