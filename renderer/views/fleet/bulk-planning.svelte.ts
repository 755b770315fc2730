/** The question before a bulk action: which servers it is for, and how they take their turns. */
import { quietBlock, quietMeansOf } from '../../../bridge/backups/quiet-means.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { WindowState } from '../../state/context.js';
import type { BulkFeed } from '../../state/fleet/bulk-feed.svelte.js';
import { planBulk, type BulkPlan, type PlannedAction } from '../../state/fleet/bulk-plan.js';
import type { FleetTable } from './fleet-table.svelte.js';

type PlanningState = Pick<WindowState, 'fleet' | 'power' | 'quiet' | 'settings'>;

export class BulkPlanning {
  /** Plan of the open question; null while closed. */
  plan = $state.raw<BulkPlan | null>(null);
  /** For starts and restarts: true if each server waits until the server before it runs. */
  waitsForEach = $state(false);
  /** For backups: whether the games are kept from writing meanwhile. */
  #quietly = $state(false);

  constructor(
    private readonly state: PlanningState,
    private readonly table: FleetTable,
    private readonly bulk: BulkFeed,
  ) {}

  ask(action: PlannedAction, servers: readonly Server[]): void {
    const { power, fleet } = this.state;
    this.plan = planBulk(
      action,
      servers,
      (one, server) => power.reason(one, server),
      (accountId) => fleet.account(accountId),
      action === 'back-up' && this.#quietly ? (server) => this.#quietBlock(server) : null,
    );
  }

  get quietly(): boolean {
    return this.#quietly;
  }

  /** Plans the backups of the open question again. */
  set quietly(quietly: boolean) {
    this.#quietly = quietly;
    const { plan } = this;
    if (plan?.action !== 'back-up') return;
    this.ask('back-up', [...plan.able, ...plan.skipped.map(({ server }) => server)]);
  }

  #quietBlock(server: Server): Sentence | null {
    const { quiet, settings } = this.state;
    if (quiet.of(server.id) !== null) return sentence('quiet.busy');
    return quietBlock(server, quietMeansOf(settings.current.quietBackups, server));
  }

  async answer(yes: boolean): Promise<void> {
    const { plan } = this;
    this.plan = null;
    if (!yes || plan === null || plan.able.length === 0) return;
    // A pause changed in the question applies from the first server on.
    await this.state.settings.settled;
    await this.bulk.begin(
      plan.able.map(({ id }) => id),
      plan.action,
      {
        waitsForEach: this.waitsForEach && canWait(plan),
        quietly: plan.action === 'back-up' && this.quietly,
      },
    );
    if (this.bulk.request.problem === null) this.table.selectNone();
  }
}

/** Whether servers can wait for each other: only starts and restarts of at least two servers. */
export function canWait({ action, able }: BulkPlan): boolean {
  return (action === 'start' || action === 'restart') && able.length > 1;
}
