import { describe, expect, it, vi } from 'vitest';
import { emptyFleet, type FleetState } from '../../../bridge/fleet/changes.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { dockMenu, jumpList, pinnedPlaces } from './places.js';

const server = (id: string, fields = {}) =>
  aServer({ id: `home/${id}`, uuid: id, identifier: id, name: id, ...fields });

function fleetOf(...servers: ReturnType<typeof server>[]): FleetState {
  return {
    ...emptyFleet,
    accounts: new Map([['home', anAccount({ panelUrl: 'https://panel.example.com:8443/games' })]]),
    servers: new Map(servers.map((each) => [each.id, each])),
  };
}

describe('pinnedPlaces', () => {
  it('are the pinned servers in their order, as links', () => {
    expect(
      pinnedPlaces(fleetOf(server('a1'), server('b2'), server('c3')), ['home/c3', 'home/gone', 'home/a1']),
    ).toEqual([
      { label: 'c3', link: 'perch://server/panel.example.com:8443/c3' },
      { label: 'a1', link: 'perch://server/panel.example.com:8443/a1' },
    ]);
  });

  it('omit servers that a link cannot name, and fit the menu', () => {
    const hostile = server('a1', { identifier: 'a1" --hidden "' });
    expect(pinnedPlaces(fleetOf(hostile), ['home/a1'])).toEqual([]);
    const many = Array.from({ length: 12 }, (_, index) => server(`s${index}`));
    expect(
      pinnedPlaces(
        fleetOf(...many),
        many.map(({ id }) => id),
      ),
    ).toHaveLength(8);
  });
});

const places = [{ label: 'Survival', link: 'perch://server/panel.example.com/a1' }];

it('the jump list opens pinned servers and the settings, and quits', () => {
  const [pinned, tasks] = jumpList(places, 'C:\\perch.exe');
  expect(pinned).toMatchObject({ type: 'custom', items: [{ title: 'Survival', args: places[0]?.link }] });
  expect(tasks).toMatchObject({ type: 'tasks', items: [{ args: '--settings' }, { args: '--quit' }] });
  expect(jumpList([], 'C:\\perch.exe')).toHaveLength(1);
});

it('the Dock menu opens pinned servers and the settings', () => {
  const act = { open: vi.fn(), settings: vi.fn() };
  const [first, , last] = dockMenu(places, act) as { click: () => void }[];
  first?.click();
  last?.click();
  expect(act.open).toHaveBeenCalledExactlyOnceWith(places[0]?.link);
  expect(act.settings).toHaveBeenCalledOnce();
});
