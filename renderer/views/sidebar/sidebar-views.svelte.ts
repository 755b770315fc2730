/** Fleet views that sidebar and rail link to, with their state. */
import { serverMark } from '../../../bridge/fleet/marks.js';
import { onePerServer } from '../../../bridge/fleet/one-per-server.js';
import { worstStateOf } from '../../../bridge/fleet/totals.js';
import type { Section } from '../../state/fleet/arrangement.js';
import type { WindowState } from '../../state/context.js';
import type { AttentionList } from '../fleet/attention-list.svelte.js';
import type { FleetControl } from '../fleet/fleet-control.svelte.js';
import { itemsBySection } from '../fleet/fleet-items.js';
import { idSet, type IdSet } from '../fleet/id-sets.js';
import { mixedSections, withFolds, withNotices, type SidebarItem } from './sidebar-items.js';

type Known = Pick<WindowState, 'events' | 'fleet' | 'memory' | 'navigation' | 'settings'>;
export type Worst = ReturnType<typeof worstStateOf>;

export class SidebarViews {
  readonly attention: AttentionList;

  readonly sections: readonly Section[] = $derived.by(() =>
    withFolds(this.control.table.sections, this.state.settings.current.sidebar.folds),
  );
  /** Keys of sections with servers of several panels. */
  readonly mixed: ReadonlySet<string> = $derived.by(() =>
    mixedSections(this.sections, this.state.fleet.inOrder),
  );
  readonly #owners: IdSet = $derived.by(() =>
    idSet(this.state.fleet.inOrder.map(({ accountId }) => accountId)),
  );
  /** List that the table shows; null while another view is shown. */
  readonly shownList: string | null = $derived.by(() => {
    if (this.state.navigation.view.kind !== 'fleet') return null;
    const { isAttention, section } = this.control.table;
    return isAttention ? 'attention' : (section?.key ?? 'all');
  });
  readonly worstAttention: Worst = $derived.by(() => this.worstOf(this.attention.ids));
  readonly unseenEvents: number = $derived.by(() => {
    const { events, memory } = this.state;
    return events.unseen(memory.latest.eventsSeenAt).length;
  });

  constructor(
    private readonly state: Known,
    private readonly control: Pick<FleetControl, 'table' | 'attention'>,
  ) {
    this.attention = control.attention;
  }

  /** Titles and servers; `found` = null for all. */
  items(
    sections: readonly Section[],
    found: Pick<ReadonlySet<string>, 'has'> | null,
  ): readonly SidebarItem[] {
    const rows = itemsBySection(sections, { found, order: (ids) => ids });
    const saysNothing = (accountId: string): boolean => found !== null || this.#owners.has(accountId);
    return withNotices(rows, this.state.fleet.accounts, saysNothing);
  }

  worstOf(serverIds: Iterable<string>): Worst {
    const { fleet } = this.state;
    const servers = [...serverIds].flatMap((id) => fleet.server(id) ?? []);
    return worstStateOf(
      onePerServer(servers, fleet.accounts).map((server) =>
        serverMark(server, fleet.account(server.accountId)),
      ),
    );
  }

  /** Shows a list in the table; null = all servers. */
  show(name: string | null): void {
    this.state.navigation.go(name === null ? { kind: 'fleet' } : { kind: 'fleet', list: name });
  }
}
