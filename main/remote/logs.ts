import type { Link } from '../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import { consoleCost } from '../../bridge/console/console-cost.js';
import { PerchError } from '../../bridge/errors.js';
import type { RemoteLine } from '../../bridge/schema/remote-entities.js';
import { Alarm } from '../base/alarm.js';
import { wallAhead } from '../base/wall-ahead.js';
import type { ConsoleSource } from '../fleet/console/console-source.js';
import type { Call, RemoteHandlers } from './call.js';
import { createFollower } from './follower.js';
import { hiderFor, type HiderDeps } from './hider.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import type { HideSecrets } from './without-secrets.js';

export interface LogsDeps extends SettledDeps, HiderDeps {
  readonly consoles: Pick<ConsoleSource, 'source' | 'acknowledge'>;
}

/**
 * Pause in ms after which the node's console history counts as complete. A node sends the history at once after the
 * connection.
 */
const quietMs = 700;
/** Longest wait for the console history, in ms. It includes the connection to the node. */
const pastWithinMs = 8_000;

export type ConsoleReads = (serverId: string) => ConsoleReader;

/** Returns a function that opens the console of a server. */
export function consoleReads(deps: Pick<LogsDeps, 'clock' | 'consoles'>): ConsoleReads {
  let lastId = 0;
  return (serverId) => {
    // Ids of readers are negative, because windows have positive ids.
    lastId -= 1;
    return new ConsoleReader(deps, serverId, lastId);
  };
}

/** Returns the handler that reads consoles for the command line. */
export function logsReader(deps: LogsDeps, open = consoleReads(deps)): RemoteHandlers['logs'] {
  // Sends the last lines of a server's console. With `follow`, new lines come after them.
  return async ({ name, lines: most, follow }, call) => {
    const server = await settledServer(deps, name);
    const reader = open(server.id);
    try {
      const [hide] = await Promise.all([
        call.client.kind === 'program' ? hiderFor(deps, server.id) : asItIs,
        reader.past(call.ended),
      ]);
      reader.follow(most, call, hide);
      if (follow) await call.ended;
    } finally {
      reader.end();
    }
    return {};
  };
}

function asItIs(text: string): string {
  return text;
}

/**
 * Reads one console as a window does, but acknowledges lines at once: a slow client must not slow down a session that
 * windows share.
 */
class ConsoleReader {
  readonly #end: () => void;
  readonly #quiet: Alarm;
  #held: ConsoleLine[] = [];
  #link: Link = { kind: 'none' };
  #tell: ((lines: readonly ConsoleLine[], isReset: boolean) => void) | null = null;
  #pastIsOver = (): void => undefined;

  constructor(
    private readonly deps: Pick<LogsDeps, 'clock' | 'consoles'>,
    private readonly serverId: string,
    private readonly id: number,
  ) {
    this.#quiet = new Alarm(deps.clock);
    this.#end = deps.consoles.source(
      { serverId },
      {
        // The source's types are those before parsing by the schema.
        snapshot: ({ lines, link }) => this.#came(lines, link as Link, false),
        change: ({ lines = [], link = this.#link, reset = false }) => this.#came(lines, link as Link, reset),
      },
      { webContentsId: id },
    );
  }

  /** Waits for the console history, and returns it. Rejects if the console cannot be opened and no line is known. */
  async past(ended: Promise<void>): Promise<readonly ConsoleLine[]> {
    const late = new Alarm(this.deps.clock);
    const over = new Promise<void>((resolve) => {
      this.#pastIsOver = resolve;
      late.set(pastWithinMs, resolve);
      this.#look();
    });
    await Promise.race([over, ended]);
    late.clear();
    this.#quiet.clear();
    if (this.#held.length === 0 && this.#link.kind === 'refused') throw new PerchError(this.#link.problem);
    return this.#held;
  }

  /** Sends the last lines to the client, and new lines from now on. */
  follow(most: number, call: Call<'logs'>, hide: HideSecrets): void {
    const follow = createFollower(call);
    const shown = ({ at, source, text }: ConsoleLine): RemoteLine => ({
      at: Math.round(at + wallAhead(this.deps.clock)),
      source,
      // Lines from before are the server's, too.
      text: hide(text, source === 'history' ? 'server' : source),
    });
    // Earlier lines may begin a secret that continues in the last lines.
    const all = this.#held.map(shown);
    call.event({ lines: all.slice(Math.max(0, all.length - most)) });
    this.#held = [];
    this.#tell = (lines, isReset) => follow(lines.map(shown), isReset);
  }

  end(): void {
    this.#quiet.clear();
    this.#end();
  }

  #came(lines: readonly ConsoleLine[], link: Link, isReset: boolean): void {
    this.#link = link;
    this.deps.consoles.acknowledge(this.id, this.serverId, consoleCost(lines));
    if (this.#tell !== null) {
      if (lines.length > 0 || isReset) this.#tell(lines, isReset);
      return;
    }
    this.#held = isReset ? [...lines] : [...this.#held, ...lines];
    this.#look();
  }

  #look(): void {
    if (this.#link.kind === 'refused') this.#pastIsOver();
    else if (this.#link.kind === 'live') this.#quiet.set(quietMs, () => this.#pastIsOver());
  }
}
