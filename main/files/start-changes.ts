import { newProblem, PerchError } from '../../bridge/errors.js';
import type { ServerState, WatchedFile } from '../../bridge/schema/server-states.js';
import type { ChangedFile, StartChanges } from '../../bridge/schema/start-changes.js';
import { sentence } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import type { ConfigurationWatch } from './configuration-watch.js';
import type { RevisionsArchive } from './revisions-archive.js';
import { stateChanges, type FileChange } from './state-changes.js';

export interface StartChangesDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly clock: Clock;
  readonly archive: Pick<RevisionsArchive, 'goodStart' | 'list'>;
  readonly watch: Pick<ConfigurationWatch, 'state' | 'mayRead'>;
}

/** An answer about one trouble serves all windows for this long, so that no page makes Perch ask again and again. */
const freshMs = 30_000;

interface Comparison {
  /** Monotonic time of the call. */
  readonly at: number;
  /** The start or the trouble that the comparison is about. */
  readonly about: string;
  readonly answer: Promise<StartChanges>;
}

/** Compares servers with their last good start, when somebody looks. */
export class StartChangesReads {
  readonly #latest = new Map<string, Comparison>();

  constructor(private readonly deps: StartChangesDeps) {}

  /** Rejects with `PerchError` if the server can't be read. */
  read(serverId: string): Promise<StartChanges> {
    const now = this.deps.clock.now();
    for (const [id, { at }] of this.#latest) if (now - at >= freshMs) this.#latest.delete(id);
    const about = this.#about(serverId);
    const known = this.#latest.get(serverId);
    if (known?.about === about) return known.answer;
    const comparison = { at: now, about, answer: this.#compare(serverId) };
    this.#latest.set(serverId, comparison);
    const forget = (): void => {
      if (this.#latest.get(serverId) === comparison) this.#latest.delete(serverId);
    };
    // Without a good start, or after a refusal, Perch read nothing, so it spares no file.
    void comparison.answer.then(({ since }) => {
      if (since === null) forget();
    }, forget);
    return comparison.answer;
  }

  /** Drops the answer about a server that somebody has changed. */
  forget(serverId: string): void {
    this.#latest.delete(serverId);
  }

  /** Another start or end of the process needs another comparison. */
  #about(serverId: string): string {
    const server = this.deps.store.state.servers.get(serverId);
    const { power, crashedAt, restartFailedAt, fixIt, dockerImage } = server ?? {};
    return JSON.stringify([power, crashedAt, restartFailedAt, fixIt?.at, dockerImage]);
  }

  async #compare(serverId: string): Promise<StartChanges> {
    const { store, archive, watch } = this.deps;
    const good = await archive.goodStart(serverId);
    const server = store.state.servers.get(serverId);
    if (good === null || server === undefined || !watch.mayRead(server))
      return { since: null, files: [], variables: [], command: null, image: null };
    const now = await watch.state(server, good);
    if (now === null) throw new PerchError(newProblem('rate-limited', sentence('revisions.busy')));
    const { files, ...others } = stateChanges(good, now);
    const shown = files.map((file) => this.#shown(serverId, file));
    return { since: good.startedAt, files: await Promise.all(shown), ...others };
  }

  async #shown(serverId: string, { was, is }: FileChange): Promise<ChangedFile> {
    const isRenamed = was !== null && is !== null && was.path !== is.path;
    return {
      path: is?.path ?? was?.path ?? '',
      formerPath: isRenamed ? was.path : null,
      was: was && factsOf(was),
      is: is && factsOf(is),
      texts: was === null ? null : await this.#texts(serverId, was, is),
    };
  }

  async #texts(serverId: string, was: WatchedFile, is: WatchedFile | null): Promise<ChangedFile['texts']> {
    if (was.version === null) return null;
    const revisions = await this.deps.archive.list({ serverId, path: was.path }).catch(() => []);
    const idOf = (version: string | null | undefined): string | null =>
      revisions.find((one) => one.version === version)?.id ?? null;
    const [then, now] = [idOf(was.version), idOf(is?.version)];
    // A file without a kept text of today is not gone: its text is too large, or could not be read.
    return then === null || (is !== null && now === null) ? null : { was: then, is: now };
  }
}

function factsOf({ bytes, modifiedAt }: ServerState['files'][number]): { bytes: number; modifiedAt: number } {
  return { bytes, modifiedAt };
}
