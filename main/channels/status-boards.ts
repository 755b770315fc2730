/** The status boards of all channels. They follow the fleet and the settings. */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Problem } from '../../bridge/errors.js';
import type { AlertChannel } from '../../bridge/schema/alert-channels.js';
import type { Change } from '../../bridge/schema/changes.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { BoardRecord, StatusBoard as BoardSettings } from '../../bridge/schema/status-board.js';
import { Alarm } from '../base/alarm.js';
import { boardContent, boardEmbed, boardServers, type BoardContent } from './board-text.js';
import type { ChannelSecrets } from './channel-secrets.js';
import { discord, embedRequest } from './discord.js';
import { handOver, type ExchangeDeps } from './exchange.js';
import { StateTimes } from './state-times.js';
import { StatusBoard, type StatusBoardDeps } from './status-board.js';

/** The store of the fleet. */
export interface BoardFleet {
  readonly state: FleetState;
  listen(listener: (event: { readonly changes: readonly Change[] }) => void): () => void;
}

export interface StatusBoardsDeps
  extends
    Omit<ExchangeDeps, 'clock'>,
    Pick<StatusBoardDeps, 'clock' | 'random' | 'log' | 'outbox' | 'changed'> {
  readonly secrets: ChannelSecrets;
  readonly fleet: BoardFleet;
  readonly settings: { readonly current: Pick<Settings, 'channels' | 'groups'> };
}

/** After this time a board shows servers as unknown that nobody has read since the start of Perch (ms). */
const longestReadingMs = 60_000;

export class StatusBoards {
  readonly #boards = new Map<string, StatusBoard>();
  readonly #times: StateTimes;
  readonly #reading: Alarm;
  #unlisten: (() => void) | null = null;

  constructor(private readonly deps: StatusBoardsDeps) {
    this.#times = new StateTimes(deps.clock);
    this.#reading = new Alarm(deps.clock);
  }

  /** Call when the outbox has read its file. */
  start(): void {
    const { fleet } = this.deps;
    for (const { id } of fleet.state.servers.values()) this.#note(id);
    this.#unlisten = fleet.listen(({ changes }) => this.#take(changes));
    this.#reading.set(longestReadingMs, () => this.#look());
    this.follow();
  }

  stop(): void {
    this.#unlisten?.();
    this.#reading.clear();
    for (const board of this.#boards.values()) board.stop();
  }

  /**
   * Begins with new boards, and ends those of removed channels. A board that is switched off only rests: a message may
   * still be on its way, and the board must know when it is switched on again.
   */
  follow(): void {
    if (this.#unlisten === null) return;
    const known = new Set(this.#channels.map(({ id }) => id));
    for (const [id, board] of this.#boards)
      if (!known.has(id)) {
        board.stop();
        this.#boards.delete(id);
      }
    for (const channel of this.#channels)
      if (hasBoard(channel) && !this.#boards.has(channel.id))
        this.#boards.set(channel.id, this.#boardOf(channel.id));
    this.#look();
  }

  hurry(): void {
    for (const board of this.#boards.values()) board.hurry();
  }

  resume(channelId: string): void {
    const { outbox } = this.deps;
    const { board } = outbox.recordOf(channelId);
    // A message on its way may still arrive.
    if (this.#boards.get(channelId)?.isSending === true) return;
    if (board !== null) void outbox.keepBoard(channelId, { ...board, stopped: null, remadeAt: null });
    this.#boards.get(channelId)?.resume();
  }

  problemOf(channelId: string): Problem | null {
    return this.#boards.get(channelId)?.problem ?? null;
  }

  /** The record for windows. While a message is on its way, the record on disk says that the message may be there. */
  recordOf(channelId: string): BoardRecord | null {
    const { board } = this.deps.outbox.recordOf(channelId);
    const isSending = this.#boards.get(channelId)?.isSending === true;
    return board !== null && isSending ? { ...board, stopped: null } : board;
  }

  get #channels(): readonly AlertChannel[] {
    return this.deps.settings.current.channels;
  }

  #look(): void {
    for (const board of this.#boards.values()) board.look();
  }

  #take(changes: readonly Change[]): void {
    const news = changes.filter(({ kind }) => kind !== 'usage');
    if (news.length === 0) return;
    for (const change of news)
      if (change.kind === 'server-removed') this.#times.forget(change.serverId);
      else if (change.kind === 'server-patched') this.#note(change.serverId);
      else if (change.kind === 'server-upserted') this.#note(change.server.id);
      else if (change.kind === 'account-upserted') this.#noteAll(change.account.id);
      else if (change.kind === 'account-removed') this.#times.forgetAccount(change.accountId);
    this.#look();
  }

  #note(serverId: string): void {
    const { accounts, servers } = this.deps.fleet.state;
    const server = servers.get(serverId);
    if (server !== undefined) this.#times.note(server, accounts.get(server.accountId));
  }

  #noteAll(accountId: string): void {
    for (const { id, accountId: owner } of this.deps.fleet.state.servers.values())
      if (owner === accountId) this.#note(id);
  }

  #boardOf(channelId: string): StatusBoard {
    const { secrets } = this.deps;
    return new StatusBoard({
      ...this.deps,
      channel: () => this.#channels.find(({ id }) => id === channelId),
      content: (board) => this.#content(board),
      attempt: (channel, content, edits) =>
        secrets.use(channel, (secret) =>
          handOver(this.deps, {
            secret,
            request: embedRequest(secret, edits, boardEmbed(content, this.deps.clock.wall())),
            judge: (answer) => discord.judge(answer, { edits }),
          }),
        ),
    });
  }

  #content(board: BoardSettings): BoardContent | null {
    const { fleet, settings } = this.deps;
    const facts = { board, fleet: fleet.state, groups: settings.current.groups };
    if (fleet.state.accounts.size === 0 || (this.#reading.isSet && !this.#isRead(facts))) return null;
    return boardContent({ ...facts, since: (server) => this.#times.since(server) });
  }

  #isRead(facts: Parameters<typeof boardServers>[0]): boolean {
    const { accounts } = facts.fleet;
    return (
      [...accounts.values()].every(({ state }) => state.kind !== 'loading') &&
      boardServers(facts).every(
        ({ power, condition, problem }) => power !== null || condition !== 'normal' || problem !== null,
      )
    );
  }
}

function hasBoard({ kind, board }: AlertChannel): boolean {
  return kind === 'discord' && board !== null;
}
