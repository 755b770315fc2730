/** Finds the crash reports of servers: once after each crash, as optional reads, and when the user asks. */
import { toProblem } from '../../bridge/errors.js';
import type { Change } from '../../bridge/fleet/changes.js';
import { isAtLeastAsSpecific } from '../../bridge/fix-its/symptoms.js';
import { conditionBlock, isGranted } from '../../bridge/panel/permissions.js';
import type { ShownReport } from '../../bridge/schema/crash-reports.js';
import type { Server } from '../../bridge/schema/domain.js';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Clock, Log } from '../base/ports.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { findReport, type ReportPanel } from './find-report.js';
import { openReport } from './open-report.js';
import { placesOf } from './report-files.js';
import { fixItOf, judgedBy, type JudgedReport } from './shown-report.js';

export interface CrashReportsDeps {
  readonly store: Pick<FleetStore, 'state' | 'apply' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The files of a server for the user. Throws `PerchError`. */
  readonly panelOf: (serverId: string) => ReportPanel;
  /**
   * The last bytes of a file, which its node sends whole; null = the file is too large for that. Rejects with
   * `PerchError`.
   */
  readonly tailOf: (file: { serverId: string; path: string }, most: number) => Promise<Uint8Array | null>;
}

/** Games write a report just before they end. Some end a while later. */
const writtenBeforeMs = 10 * 60_000;
/** Nodes round the time of a file, and the clock of the panel is known to half a second. */
const roundedMs = 2000;
/** Pause between a crash and the search, so that the file is whole. */
const settleMs = 1000;
/** Pause after a found report, for servers that crash again and again. */
const pauseMs = 5 * 60_000;
/** Pause after a search for which the account had no call left. */
const droppedMs = 30_000;
/** Perch retries a search without a free call for this long after the crash. */
const triedForMs = 60 * 60_000;
/** Crashes of an account that wait for their search. */
const mostWaiting = 100;

class Dropped extends Error {}

const permissions = ['file.read', 'file.read-content'];

export class CrashReports {
  /** Servers that wait, by account. */
  readonly #waiting = new Map<string, string[]>();
  readonly #busy = new Set<string>();
  /** Monotonic times of the last found reports, by server. */
  readonly #foundAt = new Map<string, number>();
  /** Monotonic times of the last starts that Perch saw, by server. */
  readonly #startedAt = new Map<string, number>();
  readonly #alarm: Alarm;
  readonly #again: Alarm;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: CrashReportsDeps) {
    this.#alarm = new Alarm(deps.clock);
    this.#again = new Alarm(deps.clock);
  }

  start(): void {
    this.#disposables.add(this.deps.store.listen(({ changes }) => this.#changed(changes)));
  }

  stop(): void {
    this.#disposables.dispose();
    this.#alarm.clear();
    this.#again.clear();
    this.#waiting.clear();
  }

  /** The report on request of a person. Rejects with `PerchError`, which says where Perch looked. */
  open(serverId: string): Promise<ShownReport> {
    const { panelOf, tailOf } = this.deps;
    const { game, fixIt } = this.#server(serverId) ?? {};
    return openReport({
      panel: panelOf(serverId),
      tailOf: (path, most) => tailOf({ serverId, path }, most),
      places: placesOf(game),
      known: fixIt?.report,
    });
  }

  #server(serverId: string): Server | undefined {
    return this.deps.store.state.servers.get(serverId);
  }

  #changed(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'server-removed') this.#forget(change.serverId);
      if (change.kind !== 'server-patched') continue;
      const { power, crashedAt, crash } = change.patch;
      if (power === 'starting') this.#startedAt.set(change.serverId, this.deps.clock.now());
      // A second end within seconds belongs to the first crash and may change nothing but the state.
      if (power === 'offline' || crash || typeof crashedAt === 'number') this.#crashed(change.serverId);
    }
  }

  #forget(serverId: string): void {
    this.#foundAt.delete(serverId);
    this.#startedAt.delete(serverId);
  }

  #crashed(serverId: string): void {
    const server = this.#server(serverId);
    if (server === undefined || !isWanted(server)) return;
    if (this.deps.clock.now() - (this.#foundAt.get(serverId) ?? -Infinity) < pauseMs) return;
    const waiting = this.#waiting.get(server.accountId) ?? [];
    if (waiting.includes(serverId) || waiting.length >= mostWaiting) return;
    this.#waiting.set(server.accountId, [...waiting, serverId]);
    if (!this.#alarm.isSet) this.#alarm.set(settleMs, () => this.#searchAll());
  }

  #searchAll(): void {
    for (const accountId of this.#waiting.keys()) void this.#searchOf(accountId);
  }

  /** One search at a time for each account. A search without a free call is tried again later, behind the others. */
  async #searchOf(accountId: string): Promise<void> {
    if (this.#busy.has(accountId)) return;
    this.#busy.add(accountId);
    for (;;) {
      const [serverId, ...others] = this.#waiting.get(accountId) ?? [];
      if (serverId === undefined) break;
      this.#waiting.set(accountId, others);
      if (await this.#search(serverId)) continue;
      // Nothing waits any more after a stop.
      if (this.#waiting.get(accountId)?.push(serverId) === undefined) break;
      this.#again.set(droppedMs, () => this.#searchAll());
      break;
    }
    if (this.#waiting.get(accountId)?.length === 0) this.#waiting.delete(accountId);
    this.#busy.delete(accountId);
  }

  /** False if the panel had no free call, and the search is still worth another. Never rejects. */
  async #search(serverId: string): Promise<boolean> {
    const { clock, log } = this.deps;
    const server = this.#server(serverId);
    if (server === undefined || !isWanted(server)) return true;
    try {
      const report = await this.#newest(server);
      if (report === null) return true;
      this.#foundAt.set(serverId, clock.now());
      this.#show(serverId, report);
    } catch (error) {
      if (error instanceof Dropped) return clock.now() - (server.crashedAt ?? clock.now()) >= triedForMs;
      // The next crash is another chance, and the user can ask.
      log.info('crash-reports.failed', { code: toProblem(error).code });
    }
    return true;
  }

  async #newest(server: Server): Promise<JudgedReport | null> {
    const watched = this.deps.fleet.server(server.id);
    if (watched === null) return null;
    const { panel } = watched;
    const spare = async <T>(send: () => Promise<T>): Promise<T> => {
      const answer = await watched.whenSpare(send);
      if (answer === null) throw new Dropped();
      return answer;
    };
    const found = await findReport(
      { list: (folder) => spare(() => panel.files(server.identifier, folder)) },
      {
        places: placesOf(server.game),
        since: this.#since(server) + (panel.clockAhead() ?? 0),
        takesLog: !server.fixIt,
        mostGrown: mostTextBytes,
      },
    );
    return found === null
      ? null
      : judgedBy(found, ({ path }) => spare(() => panel.fileContents(server.identifier, path)));
  }

  /** Wall-clock time after which a report belongs to this crash. */
  #since({ id, crashedAt }: Server): number {
    const { clock } = this.deps;
    const crashed = crashedAt ?? clock.now();
    const started = this.#startedAt.get(id) ?? -Infinity;
    // A start after the crash is that of the node.
    const begins = Math.max(crashed - writtenBeforeMs, started < crashed ? started - roundedMs : -Infinity);
    return clock.wall() - (clock.now() - begins);
  }

  #show(serverId: string, report: JudgedReport): void {
    const server = this.#server(serverId);
    if (server === undefined || server.crashedAt === null || server.power === 'running') return;
    const read = fixItOf(report, this.deps.clock.now());
    const known = server.fixIt ?? null;
    const fixIt =
      known !== null && isAtLeastAsSpecific(known.kind, read.kind)
        ? { ...known, report: report.report }
        : read;
    this.deps.store.apply([{ kind: 'server-patched', serverId, patch: { fixIt } }]);
  }
}

/** An end that nobody saw may have been a stop. Without the permissions Perch can read no report. */
function isWanted({ crashedAt, crash, condition, permissions: granted, game }: Server): boolean {
  if (crashedAt === null || crash?.unseen !== undefined || conditionBlock(condition) !== null) return false;
  return placesOf(game).length > 0 && permissions.every((each) => isGranted(granted, each));
}
