/** Activity of others on the page of all events: of which servers, whether they are shown, and how far they are read. */
import { untrack } from 'svelte';
import { mergeFleetActivity, type MergedFleetActivity } from '../../../bridge/events/merge-fleet-activity.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { learnArea, locale, say } from '../../../messages/messages.js';
import { nothingRead } from '../../state/events/activity-by-server.js';
import { FleetActivityFeed } from '../../state/events/fleet-activity.svelte.js';
import type { WindowState } from '../../state/context.js';
import type { EventChoice } from './event-choice.svelte.js';
import { everything, placeOf } from './event-place.js';
import { otherServer, readActivity, serversOnce, type OtherServer, type Twins } from './other-rows.js';

/** Up to this many servers, actions of others are shown by default: the calls, one per server, take about a minute. */
const mostUnasked = 50;

export class OthersOfAll {
  #feed = $state.raw<FleetActivityFeed | null>(null);
  #hasWords = $state(false);

  constructor(
    private readonly state: Pick<WindowState, 'client' | 'fleet' | 'memory'>,
    private readonly choice: Pick<EventChoice, 'place' | 'serverId'>,
    private readonly membersOf: (groupId: string) => readonly string[],
  ) {}

  readonly #all = $derived.by(() => serversOnce(this.state.fleet.inOrder, this.state.fleet.accounts));

  /** Servers that the filters show. */
  readonly #servers = $derived.by((): readonly Twins[] => {
    const { place, serverId } = this.choice;
    const within = placeOf(place, this.membersOf);
    return this.#all.filter(
      (twins) =>
        (serverId === everything || twins.some(({ id }) => id === serverId)) &&
        (within === null ||
          twins.some(({ id, accountId }) => accountId === within.accountId || within.serverIds.has(id))),
    );
  });

  /** The servers to read; null = all servers. The effect that watches runs again only if this text changes. */
  readonly #wanted = $derived(
    this.#servers.length === this.#all.length ? null : this.#servers.map(([{ id }]) => id).join('\n'),
  );

  /** A separate value, so that a change of the servers does not restart the feed. */
  readonly #isOn = $derived.by(
    () => this.state.memory.latest.othersShown ?? this.#servers.length <= mostUnasked,
  );

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(isShown: boolean) {
    this.state.memory.note({ othersShown: isShown });
  }

  /** Reads the lists until the calling effect ends. */
  watch(): (() => void) | undefined {
    if (!this.isOn || !this.state.fleet.loaded) return undefined;
    const ids = this.#wanted === null ? null : this.#wanted.split('\n').filter(Boolean);
    return untrack(() => {
      void learnArea('activity').then(() => (this.#hasWords = true));
      const feed = new FleetActivityFeed(this.state.client, ids, this.#feed?.known ?? nothingRead);
      this.#feed = feed;
      return feed.start();
    });
  }

  /** Changes only with the facts that the rows show; the rest of the fleet changes several times a second. */
  readonly #signature = $derived.by(() =>
    this.state.fleet.servers
      .map(({ id, condition, permissions }) =>
        [id, condition, permissions === null ? '?' : String(isGranted(permissions, 'activity.read'))].join(
          ' ',
        ),
      )
      .join('\n'),
  );

  readonly #rows = $derived.by((): readonly OtherServer[] => {
    // Reasons are sentences, so they change with the language.
    void [this.#signature, this.state.fleet.accounts, locale()];
    const servers = this.#servers;
    const known = this.#feed?.known ?? nothingRead;
    if (!this.#hasWords || !this.isOn) return [];
    return untrack(() => servers.flatMap((twins) => otherServer(twins, known, this.state.fleet) ?? []));
  });

  /** `events` = newest first, read back to `from` (wall-clock ms). */
  between(events: readonly HistoryEvent[], from: number): MergedFleetActivity {
    return mergeFleetActivity(readActivity(this.#rows, this.state.fleet.accounts), events, from);
  }

  /** True if a panel refused the list of a server that the filters show. */
  get isRefused(): boolean {
    return this.#rows.some(({ isRefused }) => isRefused);
  }

  /** Reads the refused lists again at once. */
  retry(): void {
    this.state.client.send('activity.retry');
  }

  /** Number of lists read, and servers missing from a list of events back to `from`; '' if no server is shown. */
  status(from: number): string {
    const rows = this.#rows;
    if (rows.length === 0) return '';
    const read = rows.filter(({ list }) => list !== null).length;
    const older = rows.filter(({ list }) => list !== null && list.since !== null && list.since > from).length;
    const [missing, ...more] = rows.filter(({ list, isWaiting }) => list === null && !isWaiting);
    return [
      say('activity.all-read', { read, of: rows.length }),
      ...(older === 0 ? [] : [say('activity.all-older', { count: older })]),
      ...(missing === undefined
        ? []
        : [
            say('activity.all-missing', {
              count: more.length + 1,
              server: missing.of.server,
              why: missing.why ?? '',
            }),
          ]),
    ].join(' · ');
  }
}
