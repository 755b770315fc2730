import { describe, expect, it, vi } from 'vitest';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FleetStore } from '../../fleet/store.js';
import { MainDrafts } from './main-drafts.js';

function setUp() {
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Survival' }) },
    { kind: 'server-upserted', server: aServer({ id: 'home/2', name: 'Lobby' }) },
  ]);
  const clock = new FakeClock();
  const drafts = new MainDrafts({ store, clock });
  const letGo = vi.fn();
  return { store, clock, drafts, letGo };
}

const ofSurvival = { serverIds: ['home/1'], panel: false, dialog: false };
const ofBoth = { serverIds: ['home/1', 'home/2'], panel: false, dialog: false };
const none = { serverIds: [], panel: false, dialog: false };

describe('MainDrafts', () => {
  it('lets an empty window close', () => {
    const { drafts, letGo } = setUp();
    expect(drafts.keep(letGo)).toBe(false);
    drafts.hold(ofSurvival);
    drafts.hold(none);
    expect(drafts.keep(letGo)).toBe(false);
    expect(drafts.staysClosed.current).toBe(false);
  });

  it.each([ofSurvival, { ...none, panel: true }, { ...none, dialog: true }])(
    'keeps a window that holds %j',
    (held) => {
      const { drafts, letGo } = setUp();
      const told: boolean[] = [];
      drafts.staysClosed.listen((isClosed) => told.push(isClosed));
      drafts.hold(held);
      expect(drafts.keep(letGo)).toBe(true);
      drafts.stayClosed();
      drafts.stayClosed();
      drafts.release();
      drafts.release();
      expect(told).toEqual([true, false]);
    },
  );

  it('informs the page only when the window stays closed', async () => {
    const { drafts, letGo, clock } = setUp();
    const told: boolean[] = [];
    drafts.staysClosed.listen((isClosed) => told.push(isClosed));
    drafts.hold(ofSurvival);
    drafts.keep(letGo);
    expect(drafts.isClosed).toBe(true);
    drafts.release();
    drafts.stayClosed();
    expect([drafts.isClosed, told]).toEqual([false, []]);
    drafts.keep(letGo);
    drafts.hold(none);
    await clock.advance(1000);
    expect(letGo, 'not while the person is asked').not.toHaveBeenCalled();
    drafts.stayClosed();
    await clock.advance(0);
    expect(letGo).toHaveBeenCalledOnce();
  });

  it('counts drafts of existing servers only', () => {
    const { drafts, letGo } = setUp();
    drafts.hold({ serverIds: ['home/1', 'home/9'], panel: false, dialog: false });
    expect(drafts.servers.map(({ name }) => name)).toEqual(['Survival']);
    drafts.hold({ serverIds: ['home/9'], panel: false, dialog: false });
    expect(drafts.keep(letGo)).toBe(false);
  });

  it('destroys a kept window once nothing is unsaved', async () => {
    const { drafts, letGo, clock } = setUp();
    drafts.hold(ofBoth);
    drafts.keep(letGo);
    drafts.stayClosed();
    drafts.hold(ofSurvival);
    await clock.advance(1000);
    expect(letGo).not.toHaveBeenCalled();
    drafts.hold(none);
    expect(letGo, 'not in the midst of what told it').not.toHaveBeenCalled();
    await clock.advance(0);
    expect(letGo).toHaveBeenCalledOnce();
  });

  it('lets a kept window go with the last server that has drafts', async () => {
    const { drafts, letGo, clock, store } = setUp();
    drafts.hold(ofBoth);
    drafts.keep(letGo);
    drafts.stayClosed();
    store.apply([{ kind: 'server-removed', serverId: 'home/1' }]);
    await clock.advance(1000);
    expect(letGo).not.toHaveBeenCalled();
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    await clock.advance(0);
    expect(letGo).toHaveBeenCalledOnce();
  });

  it('lets a kept window go after a crash of its page', async () => {
    const { drafts, letGo, clock } = setUp();
    drafts.hold(ofSurvival);
    drafts.keep(letGo);
    drafts.stayClosed();
    drafts.forget();
    await clock.advance(0);
    expect(letGo).toHaveBeenCalledOnce();
    expect(drafts.isEmpty).toBe(true);
  });

  it('keeps a window that is shown again', async () => {
    const { drafts, letGo, clock, store } = setUp();
    drafts.hold(ofSurvival);
    drafts.keep(letGo);
    drafts.stayClosed();
    drafts.hold(none);
    drafts.release();
    await clock.advance(1000);
    drafts.hold(ofSurvival);
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    await clock.advance(1000);
    expect(letGo).not.toHaveBeenCalled();
  });
});
