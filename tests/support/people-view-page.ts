/** The view "People" in a component spec, over a bridge that answers as main. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { ServerPeople } from '../../bridge/schema/fleet-people.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { keptPeopleOf } from '../../bridge/people/kept-people.js';
import type { Person } from '../../bridge/schema/people.js';
import { PerchClient } from '../../renderer/api.js';
import { createWindowState } from '../../renderer/state/window-state.js';
import Frame from '../../renderer/views/frame.svelte';
import PeopleView from '../../renderer/views/people/people-view.svelte';
import { anAccount, someSettings } from './entities.js';
import './every-area.js';
import { FakeBridge } from './fake-bridge.js';
import { someGroups } from './people-page.js';

/** The people of a server as main sends them. */
export function peopleOf(
  serverId: string,
  people: readonly Person[],
  fields: Partial<ServerPeople> = {},
): ServerPeople {
  return { serverId, readAt: 0, ...keptPeopleOf(people), problem: null, ...fields };
}

export class PeopleViewPage {
  readonly user = userEvent.setup();
  readonly bridge = new FakeBridge();
  readonly state = createWindowState(new PerchClient(this.bridge));

  async shows(
    servers: readonly Server[],
    people: readonly ServerPeople[] | null,
    settings: Partial<Settings> = {},
    accounts: readonly Account[] = [anAccount()],
  ): Promise<void> {
    this.bridge.answer('permissions.read', [...someGroups]);
    this.bridge.answer('events.save', { path: '/home/olive/People.csv' });
    const view: Component = (anchor) => PeopleView(anchor, {});
    this.state.fleet.start();
    this.bridge.snapshot('fleet', { accounts, servers });
    render(Frame, { view, state: this.state });
    this.bridge.snapshot('settings', someSettings(settings));
    if (people !== null) this.bridge.snapshot('fleetPeople', people);
    await tick();
  }

  sent(name: string): unknown[] {
    return this.bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  /** Texts of the drawn cells, row by row, behind the name. */
  cells(): string[][] {
    const rows = screen.queryAllByRole('row').slice(1);
    return rows.map((row) =>
      [...row.querySelectorAll('[role="rowheader"], [role="gridcell"]')].map((cell) =>
        [...cell.querySelectorAll('bdi, span[aria-hidden="true"]')]
          .map(({ textContent }) => textContent)
          .join(' '),
      ),
    );
  }
}
