/** Actions of others between the events that the command line and programs get. */
import { shortName } from '../../bridge/events/event-words.js';
import {
  mergeFleetActivity,
  type ActivityLine,
  type ReadActivity,
} from '../../bridge/events/merge-fleet-activity.js';
import { usersOf } from '../../bridge/fleet/panel-users.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { RemoteEvent } from '../../bridge/schema/remote-entities.js';
import { say } from '../../messages/messages.js';
import { twinsOf } from '../fleet/twins.js';
import { shownTo } from './activity.js';
import type { Call } from './call.js';
import type { RemoteFleetActivityDeps, ServerRead } from './fleet-activity.js';

type Client = Call<'events'>['client'];

/** `events` = newest first, read back to `from` (wall-clock ms). */
export function withActivity(
  { store }: Pick<RemoteFleetActivityDeps, 'store'>,
  read: readonly ServerRead[],
  events: readonly HistoryEvent[],
  from: number,
): ReturnType<typeof mergeFleetActivity> {
  const { state } = store;
  const users = new Map([...state.accounts.keys()].map((id) => [id, usersOf(state.accounts.values(), id)]));
  const known = read.flatMap(({ server, list }): ReadActivity[] => {
    if (list === null) return [];
    const { id, accountId, name } = server;
    const others = twinsOf(state, server).filter((twin) => twin.id !== id);
    return [
      {
        list,
        users: users.get(accountId) ?? new Set(),
        of: {
          server: shortName(name),
          panel: shortName(state.accounts.get(accountId)?.label ?? ''),
          places: [
            { accountId, serverId: id },
            ...others.map((twin) => ({ accountId: twin.accountId, serverId: twin.id })),
          ],
        },
      },
    ];
  });
  return mergeFleetActivity(known, events, from);
}

/** Unlike the id of every event. */
function idOfLine({ entry, of }: ActivityLine): string {
  return `other ${of?.places[0].serverId ?? ''} ${entry.id}`;
}

export function shownLine(line: ActivityLine, client: Client): RemoteEvent {
  const { text, by, event, at } = shownTo(client)(line.entry);
  const server = line.of?.server ?? '';
  return {
    id: idOfLine(line),
    at,
    kind: event,
    server,
    panel: line.of?.panel ?? '',
    title: say('activity.all-title', { server, what: text }),
    detail: by === null ? say('activity.other-nobody') : say('activity.other', { name: by }),
    channels: null,
    isOver: true,
  };
}
