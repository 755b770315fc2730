/** `Updates` over a source whose answers the test controls. */
import { vi } from 'vitest';
import type { Memory } from '../../bridge/schema/memory.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { UpdateWay } from '../../bridge/updates.js';
import { UpdateFailure, type Announced, type UpdateSource } from '../../main/update/source.js';
import { Updates } from '../../main/update/updates.js';
import { inEnglish } from '../../messages/messages.js';
import { someMemory, someSettings } from './entities.js';
import { FakeClock, settle } from './fake-clock.js';
import { HeldFields } from './held-fields.js';
import { FakeLog } from './fake-log.js';

const minute = 60_000;
export const newer: Announced = { version: '0.2.0', notes: '# New\n- *a*', is: 'newer' };

/** Update source whose answers the test controls. */
class Answers implements UpdateSource {
  readonly checks: string[] = [];
  readonly check = vi.fn((channel: string) => {
    this.checks.push(channel);
    return new Promise<Announced>((resolve, reject) => (this.answer = { resolve, reject }));
  });
  readonly fetch = vi.fn((progress: (share: number) => void) => {
    this.progress = progress;
    return new Promise<void>((resolve, reject) => (this.end = { resolve, reject }));
  });
  readonly abandon = vi.fn();
  readonly install = vi.fn(() => Promise.resolve());
  answer: { resolve: (found: Announced) => void; reject: (error: unknown) => void } | null = null;
  end: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  progress: (share: number) => void = () => undefined;
}

export function setUp(
  { seen, ...fields }: Partial<Settings> & { seen?: Partial<Memory['updates']> } = {},
  { way = 'install' as UpdateWay, isBuilt = true } = {},
) {
  const clock = new FakeClock();
  const source = new Answers();
  const settings = new HeldFields(someSettings(fields));
  const memory = new HeldFields(someMemory({ updates: { ...someMemory().updates, ...seen } }));
  const openSource = vi.fn(() => Promise.resolve(source));
  const tell = vi.fn();
  const quit = vi.fn(() => Promise.resolve(true));
  const openPage = vi.fn(() => Promise.resolve());
  const log = new FakeLog();
  const prepared = { openSource, routeTo: () => ({ way, command: null }), page: 'https://perch.example' };
  const prepare = (): Promise<typeof prepared | null> => Promise.resolve(isBuilt ? prepared : null);
  const deps = {
    clock,
    random: () => 0.5,
    log,
    settings,
    memory,
    version: '0.1.0',
    prepare,
    tell,
    quit,
    openPage,
  };
  const updates = new Updates(deps);
  const answer = async (found: Announced): Promise<void> => {
    source.answer?.resolve(found);
    await settle();
  };
  const fail = async (why: ConstructorParameters<typeof UpdateFailure>[0]): Promise<void> => {
    source.answer?.reject(new UpdateFailure(why));
    await settle();
  };
  const wish = (updatesWish: Partial<Settings['updates']>): Promise<unknown> =>
    settings.update(({ updates: now }) => ({ updates: { ...now, ...updatesWish } }));
  return { ...deps, source, openSource, updates, answer, fail, wish };
}

export type Rig = ReturnType<typeof setUp>;

export async function found(rig: Rig, what: Announced = newer): Promise<void> {
  await rig.updates.start();
  void rig.updates.check();
  await settle();
  await rig.answer(what);
}

export async function downloading(rig: Rig): Promise<void> {
  await found(rig);
  void rig.updates.download();
  await settle();
}

export async function ready(rig: Rig): Promise<void> {
  await downloading(rig);
  rig.source.end?.resolve();
  await settle();
}

/** Advances until the automatic update check; returns the elapsed time. */
export async function untilAsked({ clock, source }: Rig): Promise<number> {
  const began = clock.now();
  const { length } = source.checks;
  while (source.checks.length === length) await clock.advance(minute / 2);
  return clock.now() - began;
}

export const messageOf = ({ updates }: Rig): string => {
  const { state } = updates.current;
  return state.kind === 'failed' ? inEnglish(state.problem.message) : state.kind;
};
