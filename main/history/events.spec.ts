import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventQuery, PastEvent } from '../base/past.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { History } from './history.js';

const minute = 60_000;
const day = 24 * 60 * minute;
let root = '';
let clock = new FakeClock();
let history: History;

function open(): void {
  const ports = { clock, log: new FakeLog(), keeps: () => true };
  history = new History({
    folder: join(root, 'history'),
    ...ports,
    setAside: () => undefined,
    troubled: () => undefined,
  });
  history.start([]);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'perch-events-'));
  clock = new FakeClock();
  open();
});

afterEach(async () => {
  await history.stop();
  await rm(root, { recursive: true });
});

async function again(): Promise<void> {
  await history.stop();
  await clock.advance(1000);
  open();
}

function happens(kind: string, fields: Partial<PastEvent> = {}): string {
  const of = { accountId: 'home', serverId: 'home/1', version: 1, body: { code: 137 } };
  return history.note({ at: clock.now(), kind, ...of, ...fields });
}

async function kinds(query: Partial<EventQuery> = {}): Promise<string[]> {
  return (await history.events({ limit: 100, ...query })).events.map(({ kind }) => kind);
}

describe('events', () => {
  it('are there at once, and after a restart, newest first', async () => {
    const at = clock.now();
    const id = happens('crashed');
    await clock.advance(minute);
    happens('back');
    expect(await kinds()).toEqual(['back', 'crashed']);
    await again();
    happens('stopped');
    expect(await kinds()).toEqual(['stopped', 'back', 'crashed']);
    expect((await history.events({ limit: 9, kinds: ['crashed'] })).events).toEqual([
      {
        id,
        at,
        kind: 'crashed',
        accountId: 'home',
        serverId: 'home/1',
        version: 1,
        body: { code: 137 },
      },
    ]);
  });

  it('are found by time, kind, server and account', async () => {
    happens('crashed');
    await clock.advance(10 * minute);
    happens('back', { serverId: 'home/2' });
    await again();
    await clock.advance(10 * minute);
    happens('refused', { accountId: 'work', serverId: null });
    const now = clock.now();
    expect(await kinds({ from: now - 15 * minute })).toEqual(['refused', 'back']);
    expect(await kinds({ to: now })).toEqual(['back', 'crashed']);
    expect(await kinds({ kinds: ['back', 'refused'] })).toEqual(['refused', 'back']);
    expect(await kinds({ serverId: 'home/2' })).toEqual(['back']);
    expect(await kinds({ accountId: 'work' })).toEqual(['refused']);
  });

  it('come in pages, some of which are not written yet', async () => {
    for (let number = 0; number < 10; number++) {
      happens(`event-${number}`);
      if (number === 6) await again();
    }
    const found = [];
    let before: string | undefined;
    do {
      const page = await history.events({ limit: 3, ...(before === undefined ? {} : { before }) });
      found.push(...page.events.map(({ kind }) => kind));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(found).toHaveLength(10);
    expect(new Set(found).size).toBe(10);
  });

  it('are kept for ninety days', async () => {
    happens('old');
    clock.sleep(50 * day);
    happens('young');
    await clock.advance(2 * 60 * minute);
    expect(await kinds()).toEqual(['young', 'old']);
    clock.sleep(41 * day);
    await clock.advance(2 * 60 * minute);
    expect(await kinds()).toEqual(['young']);
  });

  it('go with their account', async () => {
    happens('crashed');
    await again();
    happens('back');
    happens('refused', { accountId: 'work', serverId: null });
    history.forgetAccount('home');
    expect(await kinds()).toEqual(['refused']);
    await again();
    expect(await kinds()).toEqual(['refused']);
  });
});
