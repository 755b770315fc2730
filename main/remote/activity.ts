/** Activity of a server by its panel's log, for the command line and for programs. */
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

const longest = 1000;
const hidden = '***';

/** The newest entries, oldest first. A program gets no addresses, and no text that looks secret. */
export async function listActivity(
  deps: RemoteActivityDeps,
  { name, limit }: RemoteInput<'activity'>,
  call: Pick<Call<'activity'>, 'client' | 'isEnded'>,
): Promise<RemoteOutput<'activity'>> {
  const server = await settledServer(deps, name);
  // Main loads the sentences of this area when a program first asks for them.
  await learnArea('activity');
  const { entries, total } = await newest(deps, server.id, limit, () => call.isEnded);
  const shown = call.client.kind === 'program' ? forProgram : forPerson;
  return { server: shownServer(server, deps), entries: entries.map(shown).reverse(), total };
}

/** Reads pages until there are `limit` entries. New entries at the panel move the pages on, so an entry may come twice. */
async function newest(
  { actions }: Pick<RemoteActivityDeps, 'actions'>,
  serverId: string,
  limit: number,
  isEnded: () => boolean,
): Promise<{ entries: ActivityEntry[]; total: number }> {
  const found = new Map<string, ActivityEntry>();
  for (let page = 1; ; page += 1) {
    const read = await actions['activity.ofServer']({ serverId, page });
    for (const entry of read.entries) found.set(entry.id, entry);
    const isWhole = found.size >= limit || page >= read.pages || read.entries.length === 0;
    if (isWhole || isEnded()) return { entries: [...found.values()].slice(0, limit), total: read.total };
  }
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
