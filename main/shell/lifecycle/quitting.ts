import type { BulkRun } from '../../../bridge/schema/bulk.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Log } from '../../base/ports.js';
import type { Question } from '../../base/question.js';
import type { Dialogs } from '../system/dialogs.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { say } from '../../../messages/messages.js';

/** Number of servers that the question names; the others are counted. */
const mostNamed = 3;

/**
 * The question before quitting; null = quitting loses no data, interrupts no work, and leaves no server without a
 * promised step.
 */
export function quitQuestion(
  {
    servers,
    panel,
    dialog,
  }: {
    readonly servers: readonly Pick<Server, 'name'>[];
    /** True if the address of an unconnected panel was typed. */
    readonly panel: boolean;
    /** True if an open dialog has input. */
    readonly dialog: boolean;
  },
  warned: readonly Pick<Server, 'name'>[] = [],
  /** Servers that a quiet backup has changed. */
  quiet: readonly Pick<Server, 'name'>[] = [],
  /** Servers that still wait for their turn in a bulk action. */
  waiting: readonly Pick<Server, 'name'>[] = [],
): Question | null {
  const lost = [
    ...(servers.length === 0 ? [] : [lostDrafts(servers)]),
    ...(panel ? [say('desktop.quit-panel')] : []),
    ...(dialog ? [say('desktop.quit-dialog')] : []),
  ];
  const others = [
    ...(warned.length === 0 ? [] : [say('desktop.quit-called-off', counted(warned))]),
    ...(quiet.length === 0 ? [] : [say('desktop.quit-quiet-back', counted(quiet))]),
    ...(waiting.length === 0 ? [] : [say('desktop.quit-waiting', counted(waiting))]),
  ];
  const detail = [...lost, ...others].join('\n');
  if (detail === '') return null;
  if (lost.length === 0) {
    const why = warned.length > 0 ? 'quit-warned' : quiet.length > 0 ? 'quit-quiet' : 'quit-bulk';
    const message = say(`desktop.${why}`);
    return { message, detail, keep: say('desktop.quit-stay'), confirm: say('desktop.quit-go') };
  }
  return {
    message: say('desktop.quit'),
    detail,
    keep: say('desktop.quit-keep'),
    confirm: say('desktop.quit-confirm'),
  };
}

/** The servers that still wait for their turn in the bulk action. */
export function waitingServers(run: BulkRun | null): Pick<Server, 'name'>[] {
  return (run?.items ?? []).filter(({ outcome }) => outcome === 'waiting');
}

function counted(servers: readonly Pick<Server, 'name'>[]): { count: number; names: string } {
  const named = servers.slice(0, mostNamed).map(({ name }) => oneLine(name, 60));
  const names = [...named, ...(servers.length > mostNamed ? ['…'] : [])].join(', ');
  return { count: servers.length, names };
}

function lostDrafts(servers: readonly Pick<Server, 'name'>[]): string {
  const count = servers.length;
  const names = servers
    .slice(0, mostNamed)
    .map(({ name }) => oneLine(name, 60))
    .join(', ');
  if (count === 1) return say('desktop.quit-one', { name: names });
  if (count <= mostNamed) return say('desktop.quit-some', { count, names });
  return say('desktop.quit-many', { count, names, more: count - mostNamed });
}

export interface QuittingDeps {
  /** The question before quitting; null = quit without asking. */
  readonly question: () => Question | null;
  readonly dialogs: Pick<Dialogs, 'ask'>;
  readonly showMain: () => void;
  readonly quit: () => void;
  readonly log: Log;
}

/**
 * Quitting by the user, with a question if unsaved text would be lost.
 *
 * System signals end Perch without a question, because nobody may be there to answer.
 */
export class Quitting {
  #isAsking = false;

  constructor(private readonly deps: QuittingDeps) {}

  /** Resolves with true if Perch ends. */
  async request(): Promise<boolean> {
    if (this.#isAsking) return false;
    const agrees = await this.#agrees();
    if (agrees) this.deps.quit();
    else this.deps.showMain();
    return agrees;
  }

  async #agrees(): Promise<boolean> {
    const { question, dialogs, log } = this.deps;
    const asked = question();
    if (asked === null) return true;
    this.#isAsking = true;
    try {
      return await dialogs.ask(asked);
    } catch (error) {
      // Quit anyway: a lost draft is better than a Perch that cannot be quit.
      log.error('quit.not-asked', { message: String(error) });
      return true;
    } finally {
      this.#isAsking = false;
    }
  }
}
