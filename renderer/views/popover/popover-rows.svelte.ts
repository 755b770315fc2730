/** Rows of the popover, and their heights in pixels. */
import { SvelteMap } from 'svelte/reactivity';
import { besideText } from '../../../bridge/fleet/beside-names.js';
import { isNearLimit } from '../../../bridge/fleet/shares.js';
import { recentIds } from '../../../bridge/settings/visits.js';
import type { WindowState } from '../../state/context.js';
import type { ServerItem } from '../fleet/fleet-items.js';
import type { SidebarItem } from '../sidebar/sidebar-items.js';
import { mostListed, popoverItems, standsOnTop } from './popover-items.js';

export class PopoverRows {
  readonly noticeHeights = new SvelteMap<string, number>();

  constructor(
    private readonly state: WindowState,
    private readonly search: () => string,
  ) {}

  /** null without a search. */
  readonly found = $derived.by(() => this.state.finder.find(this.search()));
  /** Whether the fleet is too large to be listed completely. */
  readonly isMany = $derived.by(() => this.found === null && this.state.fleet.inOrder.length > mostListed);
  // As text, which rarely changes; live figures then cause no new sorting.
  readonly #top = $derived.by(() => {
    const ids = this.#matching();
    const crashed = ids.filter((id) => this.#isCrashed(id));
    const near = this.isMany ? ids.filter((id) => !this.#isCrashed(id) && this.#isNear(id)) : [];
    return [...crashed, ...near].join('\n');
  });
  readonly #running = $derived.by(() =>
    this.isMany
      ? this.#matching()
          .filter((id) => this.state.fleet.server(id)?.power === 'running')
          .join('\n')
      : '',
  );
  readonly items = $derived.by(() => {
    const { fleet, memory, settings } = this.state;
    return popoverItems({
      servers: fleet.inOrder,
      accounts: fleet.accounts,
      arrangement: settings.current,
      top: idsOf(this.#top),
      found: this.found,
      recent: recentIds(memory.latest.visits),
      running: idsOf(this.#running),
    });
  });
  readonly height = $derived.by(() => this.items.reduce((sum, item) => sum + this.heightOf(item), 0));

  readonly heightOf = (item: SidebarItem): number => {
    if (item.kind === 'notice') return this.noticeHeights.get(item.key) ?? 28;
    if (item.kind === 'section') return 30;
    const server = this.state.fleet.server(item.key);
    const isTwoLines = standsOnTop(server) || this.#isNear(item.key) || this.besideOf(item) !== '';
    return isTwoLines ? 44 : 34;
  };

  /** Text that distinguishes servers of the same name; omits the panel below the panel's title. */
  besideOf({ key, section }: ServerItem): string {
    return besideText(this.state.fleet.beside.get(key), (section?.accountId ?? null) !== null);
  }

  #matching(): string[] {
    return this.found === null ? this.state.fleet.inOrder.map(({ id }) => id) : [...this.found.keys()];
  }

  #isCrashed(id: string): boolean {
    return standsOnTop(this.state.fleet.server(id));
  }

  #isNear(id: string): boolean {
    const server = this.state.fleet.server(id);
    return server !== undefined && isNearLimit(server);
  }
}

function idsOf(key: string): string[] {
  return key === '' ? [] : key.split('\n');
}
