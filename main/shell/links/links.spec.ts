import { expect, it, vi } from 'vitest';
import type { Account } from '../../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { inEnglish } from '../../../messages/messages.js';
import { FleetStore } from '../../fleet/store.js';
import { Links, type LinkRefusal } from './links.js';

const link = 'perch://server/panel.example.com/11111111/startup';

function setUp(account: Account | null) {
  const clock = new FakeClock();
  const store = new FleetStore();
  const openMain = vi.fn();
  let said: string | null = null;
  const refused = (why: LinkRefusal | null): void =>
    void (said = why === null ? null : inEnglish(why.message));
  const links = new Links({ store, clock, log: new FakeLog(), openMain, refused });
  const is = (next: Account): void => store.apply([{ kind: 'account-upserted', account: next }]);
  const has = (): void => store.apply([{ kind: 'server-upserted', server: aServer() }]);
  if (account !== null) is(account);
  return { clock, links, openMain, is, has, said: () => said };
}

const view = { kind: 'server', serverId: aServer().id, tab: 'startup' };

it('a link only opens its view', () => {
  const { links, openMain, has, said } = setUp(anAccount());
  has();
  links.open(link);
  expect(openMain.mock.calls).toEqual([[view]]);
  expect(said()).toBeNull();
});

it('the window reports an unreadable link for a while', async () => {
  const { clock, links, openMain, said } = setUp(null);
  links.open('perch://run/\u202eexe.evil');
  expect(openMain).toHaveBeenCalledExactlyOnceWith(null);
  expect(said()).toBe('Perch does not understand this link: perch://run/exe.evil');
  await clock.advance(60_000);
  expect(said()).toBeNull();
});

it('the window says that the panel is not connected, until a later link leads somewhere', () => {
  const { links, is, has, said } = setUp(null);
  links.open(link);
  expect(said()).toContain('panel.example.com, which is not connected');
  is(anAccount());
  has();
  links.open(link);
  expect(said()).toBeNull();
});

it('a link waits for a panel that is loading', () => {
  const { clock, links, openMain, has, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  expect(openMain).toHaveBeenLastCalledWith({ kind: 'fleet' });
  has();
  expect(openMain).toHaveBeenLastCalledWith(view);
  expect(said()).toBeNull();
  expect(clock.pending).toBe(0);
});

it('the window says that the server is missing as soon as the panel has listed its servers', () => {
  const { links, is, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  is(anAccount());
  expect(said()).toContain('but your account has no such server');
});

it('a link stops waiting after a while, and is not followed later', async () => {
  const { clock, links, openMain, has, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  await clock.advance(20_000);
  expect(said()).toContain('no such server');
  has();
  expect(openMain).not.toHaveBeenCalledWith(view);
});

it('a newer link replaces a waiting one', () => {
  const { links, openMain, has, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  links.open('perch://nonsense');
  has();
  expect(openMain).not.toHaveBeenCalledWith(view);
  expect(said()).toContain('perch://nonsense');
});

it('no timer is left behind', () => {
  const { clock, links } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  links.stop();
  expect(clock.pending).toBe(0);
});
