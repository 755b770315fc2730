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

it('opens the place, and nothing else', () => {
  const { links, openMain, has, said } = setUp(anAccount());
  has();
  links.open(link);
  expect(openMain.mock.calls).toEqual([[view]]);
  expect(said()).toBeNull();
});

it('says in the window what it can’t read, until that is old', async () => {
  const { clock, links, openMain, said } = setUp(null);
  links.open('perch://run/\u202eexe.evil');
  expect(openMain).toHaveBeenCalledExactlyOnceWith(null);
  expect(said()).toBe('Perch does not understand this link: perch://run/exe.evil');
  await clock.advance(60_000);
  expect(said()).toBeNull();
});

it('says that the panel is not connected, and no more once a link leads somewhere', () => {
  const { links, is, has, said } = setUp(null);
  links.open(link);
  expect(said()).toContain('panel.example.com, which is not connected');
  is(anAccount());
  has();
  links.open(link);
  expect(said()).toBeNull();
});

it('waits for a panel that is being asked', () => {
  const { clock, links, openMain, has, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  expect(openMain).toHaveBeenLastCalledWith({ kind: 'fleet' });
  has();
  expect(openMain).toHaveBeenLastCalledWith(view);
  expect(said()).toBeNull();
  expect(clock.pending).toBe(0);
});

it('says that the server is not there as soon as the panel has told all it has', () => {
  const { links, is, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  is(anAccount());
  expect(said()).toContain('but your account has no such server');
});

it('waits no longer than a person does, and follows nothing afterwards', async () => {
  const { clock, links, openMain, has, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  await clock.advance(20_000);
  expect(said()).toContain('no such server');
  has();
  expect(openMain).not.toHaveBeenCalledWith(view);
});

it('a newer link takes the place of one that waits', () => {
  const { links, openMain, has, said } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  links.open('perch://nonsense');
  has();
  expect(openMain).not.toHaveBeenCalledWith(view);
  expect(said()).toContain('perch://nonsense');
});

it('leaves no timer behind', () => {
  const { clock, links } = setUp(anAccount({ state: { kind: 'loading' } }));
  links.open(link);
  links.stop();
  expect(clock.pending).toBe(0);
});
