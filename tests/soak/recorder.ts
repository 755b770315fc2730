import type { Server } from '../../bridge/schema/domain.js';
import { serverMark } from '../../bridge/fleet/marks.js';
import { toProblem, type Problem } from '../../bridge/errors.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Alert } from '../../main/alerts/alert.js';
import type { FleetEvent } from '../../main/fleet/store.js';
import { PlayersRecorder } from './players-recorder.js';
import type {
  Click,
  OwnRefusal,
  ServerAlert,
  ServerRecord,
  Shown,
  ShownAlert,
  Transcript,
  Trouble,
} from './transcript.js';

/** Message ids on a row that mean that a signal certainly failed. */
const cameToNothing: readonly string[] = [
  'actions.no-change',
  'actions.unchanged',
  'node.undone',
  'node.dropped-signal',
];
/** Alert kinds about the end of a process. */
const ofEnds: readonly Alert['kind'][] = ['crashed', 'stays-down', 'stopped'];
/** A problem this long after a click may be about that click. */
const aboutClickMs = 120_000;
/** Two clicks of a kind within this time may be carried out in either order. A starved computer took 13 s. */
const besideClickMs = 60_000;

/** Records Perch's output and the true state. `time` counts from the start of the history. */
export class Recorder {
  readonly servers = new Map<string, ServerRecord>();
  readonly alerts: ServerAlert[] = [];
  readonly shownAlerts: ShownAlert[] = [];
  readonly clicks: Click[] = [];
  readonly troubles: Trouble[] = [];
  readonly sleeps: { from: number; to: number }[] = [];
  readonly restarts: { from: number; to: number }[] = [];
  readonly ownRefusals: OwnRefusal[] = [];
  readonly asks: { at: number; serverId: string }[] = [];
  readonly strayKeys: { at: number; url: string }[] = [];
  readonly events: { at: number; text: string; about: string | null }[] = [];
  readonly uncaught: string[] = [];
  readonly players: PlayersRecorder;
  readonly #time: { readonly now: number };
  readonly #alertIds = new Set<string>();

  constructor(time: { readonly now: number }) {
    this.#time = time;
    this.players = new PlayersRecorder(time);
  }

  event(text: string, about: string | null): void {
    this.events.push({ at: this.#time.now, text, about });
  }

  /** The person asks for an immediate retry of this server. */
  asked(what: string, serverId: string): void {
    this.asks.push({ at: this.#time.now, serverId });
    this.event(`click ${what}`, serverId);
  }

  ownRefusal(panel: string, serverId: string | null, at = this.#time.now): void {
    const scope = serverId === null ? 'panel' : 'websocket';
    this.ownRefusals.push({ at, panel, scope, serverId });
    this.event(`429 for Perch alone (${scope})`, serverId ?? panel);
  }

  /** Adds a server of the world, which keeps its own course. */
  follow(server: Omit<ServerRecord, 'panel' | 'shown'>): void {
    this.servers.set(server.id, { ...server, panel: server.id.split('/')[0] ?? '', shown: [] });
  }

  /** Perch ends; no row is shown until the next start. */
  closed(): void {
    const at = this.#time.now;
    this.players.closed();
    for (const { shown } of this.servers.values()) {
      const { condition = 'normal', hasEnded = false } = shown.at(-1) ?? {};
      shown.push({ at, mark: 'closed', power: null, link: 'none', condition, hasEnded });
    }
  }

  /** Records the rows shown at the start. */
  shows(state: FleetState): void {
    for (const server of state.servers.values()) this.#show(server, state);
  }

  /** A follow-up of an earlier alert, or its end notice, reports no further end. */
  alert({ id, kind, phase, title, serverIds, accountId }: Alert): void {
    const [at, says] = [this.#time.now, title.id];
    const { node } = title.values ?? {};
    this.event(`ALERT ${says}`, serverIds[0] ?? accountId);
    const named = typeof node === 'string' ? node : null;
    this.shownAlerts.push({ at, id, kind, phase, panel: accountId, serverIds, says, node: named });
    if (phase === 'over' || !ofEnds.includes(kind) || this.#alertIds.has(id)) return;
    this.#alertIds.add(id);
    for (const serverId of serverIds) this.said(serverId, says);
  }

  /** Records an alert about this server by the id of its title. */
  said(serverId: string, says: string, at = this.#time.now): void {
    this.alerts.push({ at, serverId, says });
  }

  clicked(serverId: string, what: Click['what'], isBulk = false): Click {
    const id = this.clicks.length;
    const row = this.servers.get(serverId)?.shown.at(-1);
    const power = row?.mark === 'gone' ? 'gone' : (row?.power ?? null);
    const open = { failedAt: null, said: [], doneAt: [] };
    const click: Click = { id, at: this.#time.now, serverId, what, power, isBulk, ...open };
    this.clicks.push(click);
    this.event(`click ${typeof what === 'string' ? what : what.command}`, serverId);
    return click;
  }

  /** Records the error that a click got. */
  refused(click: Click, error: unknown): void {
    this.#cameToNothing(click, toProblem(error));
  }

  carriedOut(serverId: string, what: Click['what'], at = this.#time.now): void {
    const text = `node does ${typeof what === 'string' ? what : what.command}`;
    this.events.push({ at, text, about: serverId });
    this.clickOf(serverId, what, at)?.doneAt.push(at);
  }

  /** Records the changes of the store. */
  changed({ previous, next, changes }: FleetEvent): void {
    for (const change of changes) {
      if (change.kind === 'usage' || change.kind === 'account-removed') continue;
      if (change.kind === 'account-upserted') this.#accountChanged(change.account.id, previous, next);
      else
        this.#serverChanged(
          change.kind === 'server-upserted' ? change.server.id : change.serverId,
          previous,
          next,
        );
    }
  }

  /**
   * The click that led to the node's action at `at`: the last click of this kind; every command is different.
   *
   * If the last click failed or was carried out already, and a click shortly before has no outcome so far, the node
   * follows the earlier click: a busy machine carries out the first of two presses after the second.
   */
  clickOf(serverId: string, what: Click['what'], at: number): Click | undefined {
    const isIt = (click: Click): boolean =>
      click.at <= at &&
      click.serverId === serverId &&
      (typeof what === 'string'
        ? click.what === what
        : typeof click.what !== 'string' && click.what.command === what.command);
    const isOpen = ({ failedAt, doneAt }: Click): boolean => failedAt === null && doneAt.length === 0;
    const last = this.clicks.findLast(isIt);
    if (last === undefined || isOpen(last)) return last;
    const isBefore = (click: Click): boolean => last.at - click.at < besideClickMs;
    return this.clicks.findLast((click) => isIt(click) && isOpen(click) && isBefore(click)) ?? last;
  }

  #accountChanged(id: string, previous: FleetState, next: FleetState): void {
    const [before, after] = [previous.accounts.get(id)?.state, next.accounts.get(id)?.state];
    if (after === undefined || before?.kind === after.kind) return;
    this.event(`account ${after.kind}${after.kind === 'failed' ? ` (${after.problem.code})` : ''}`, id);
    for (const server of next.servers.values()) if (server.accountId === id) this.#show(server, next);
  }

  #serverChanged(id: string, previous: FleetState, next: FleetState): void {
    const [before, server] = [previous.servers.get(id), next.servers.get(id)];
    if (server === undefined) {
      if (before !== undefined) this.#left(before);
      return;
    }
    this.#show(server, next);
    const { problem } = server;
    if (problem === null || problem === before?.problem) return;
    this.event(`problem ${problem.code} ${problem.message.id}`, id);
    this.#aboutClick(id, problem);
  }

  #show(server: Server, { accounts }: FleetState): void {
    const shown = this.servers.get(server.id)?.shown;
    if (shown === undefined) return;
    const mark = serverMark(server, accounts.get(server.accountId));
    const { power, condition } = server;
    const row = { mark, power, link: server.link.kind, condition, hasEnded: server.crashedAt !== null };
    const last = shown.at(-1);
    if (last !== undefined && isSameRow(last, row)) return;
    shown.push({ at: this.#time.now, ...row });
    this.event(`row ${mark} (${power ?? 'null'}, ${row.link}${row.hasEnded ? ', ended' : ''})`, server.id);
  }

  #left({ id, condition }: Server): void {
    this.event('left the list', id);
    this.servers.get(id)?.shown.push({
      at: this.#time.now,
      mark: 'gone',
      power: null,
      link: 'none',
      condition,
      hasEnded: false,
    });
  }

  #aboutClick(serverId: string, problem: Problem): void {
    const click = this.clicks.findLast((one) => one.serverId === serverId && typeof one.what === 'string');
    if (click === undefined || this.#time.now - click.at > aboutClickMs) return;
    if (idsOf(problem).some((id) => cameToNothing.includes(id))) this.#cameToNothing(click, problem);
  }

  #cameToNothing(click: Click, problem: Problem): void {
    click.said.push(problem.message.id);
    this.event(
      `said ${problem.code} ${problem.message.id}${problem.maybeDone === true ? ' (maybe done)' : ''}`,
      click.serverId,
    );
    if (problem.maybeDone !== true) click.failedAt ??= this.#time.now;
  }

  /** Drops all but the last shown state of each row. */
  forgetPast(): void {
    const { alerts, shownAlerts, clicks, troubles, sleeps, restarts } = this;
    const { ownRefusals, asks, strayKeys, events } = this;
    for (const list of [
      alerts,
      shownAlerts,
      clicks,
      troubles,
      sleeps,
      restarts,
      ownRefusals,
      asks,
      strayKeys,
      events,
    ]) {
      list.length = 0;
    }
    this.#alertIds.clear();
    this.players.forgetPast((id) => this.servers.get(id)?.listed.now === true);
    for (const [id, { listed, shown }] of this.servers) {
      if (listed.now) shown.splice(0, shown.length - 1);
      else this.servers.delete(id);
    }
  }

  transcript(rest: Pick<Transcript, 'seed' | 'ms' | 'unsettled' | 'leftovers'>): Transcript {
    const { servers, alerts, shownAlerts, clicks, troubles, sleeps, restarts } = this;
    const { ownRefusals, asks, strayKeys, uncaught, players } = this;
    const events = [...this.events].sort((a, b) => a.at - b.at);
    const said = { servers, alerts, shownAlerts, clicks, troubles, sleeps, restarts };
    return { ...rest, ...said, ownRefusals, asks, strayKeys, events, uncaught, players };
  }
}

function isSameRow(one: Shown, other: Omit<Shown, 'at'>): boolean {
  return JSON.stringify({ ...one, at: 0 }) === JSON.stringify({ at: 0, ...other });
}

/** Ids of a problem's sentence and of nested sentences. */
function idsOf({ message }: Problem): string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || !('id' in value)) return;
    const sentence = value as { id: string; values?: Record<string, unknown> };
    found.push(sentence.id);
    for (const part of Object.values(sentence.values ?? {})) look(part);
  };
  look(message);
  return found;
}
