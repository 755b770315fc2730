import { beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryFailure } from '../base/query-ports.js';
import { QueryNames, type NameServers } from './query-names.js';

let now = 0;
beforeEach(() => {
  now = 0;
});

function fails(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

/** Name servers that know no name, and count the questions. */
function servers(known: Partial<NameServers> = {}) {
  return {
    resolve4: vi.fn(known.resolve4 ?? fails('ENOTFOUND')),
    resolve6: vi.fn(known.resolve6 ?? fails('ENOTFOUND')),
    resolveSrv: vi.fn(known.resolveSrv ?? fails('ENOTFOUND')),
    system: vi.fn(known.system ?? fails('ENOTFOUND')),
  };
}
const namesOf = (asked: NameServers): QueryNames => new QueryNames(asked, () => now);

async function kindOf(run: Promise<unknown>): Promise<string> {
  const caught = await run.then(
    () => null,
    (error: unknown) => error,
  );
  return caught instanceof QueryFailure ? caught.kind : `no failure but ${String(caught)}`;
}

describe('addresses of a name', () => {
  it('come from DNS, those of IPv4 first, and are kept for a minute', async () => {
    const asked = servers({
      resolve4: () => Promise.resolve(['203.0.113.10']),
      resolve6: () => Promise.resolve(['2001:db8::1']),
    });
    const names = namesOf(asked);
    const both = await Promise.all([names.addressesOf('a.example'), names.addressesOf('a.example')]);
    expect(both[0]).toEqual([
      { address: '203.0.113.10', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]);
    expect(both[1]).toEqual(both[0]);
    now = 59_999;
    await names.addressesOf('a.example');
    expect(asked.resolve4).toHaveBeenCalledTimes(1);
    now = 60_000;
    await names.addressesOf('a.example');
    expect(asked.resolve4).toHaveBeenCalledTimes(2);
    expect(asked.system).not.toHaveBeenCalled();
  });

  it('come from the system for a name that DNS does not have', async () => {
    const asked = servers({ system: () => Promise.resolve([{ address: '192.168.1.5', family: 4 }]) });
    expect(await namesOf(asked).addressesOf('games.local')).toEqual([{ address: '192.168.1.5', family: 4 }]);
  });

  it('need no look-up for an address and for this computer', async () => {
    const asked = servers();
    const names = namesOf(asked);
    expect(await names.addressesOf('2001:db8::1')).toEqual([{ address: '2001:db8::1', family: 6 }]);
    expect(await names.addressesOf('localhost')).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(asked.resolve4).not.toHaveBeenCalled();
  });

  it('are refused if one address is closed', async () => {
    const asked = servers({ resolve4: () => Promise.resolve(['203.0.113.10', '169.254.169.254']) });
    expect(await kindOf(namesOf(asked).addressesOf('metadata.example'))).toBe('closed');
  });
});

describe('a name without addresses', () => {
  it('is not asked for again for five minutes if it does not exist', async () => {
    const asked = servers();
    const names = namesOf(asked);
    expect(await kindOf(names.addressesOf('none.example'))).toBe('unknown-host');
    now = 299_999;
    expect(await kindOf(names.addressesOf('none.example'))).toBe('unknown-host');
    expect(asked.resolve4).toHaveBeenCalledTimes(1);
    now = 300_000;
    await kindOf(names.addressesOf('none.example'));
    expect(asked.resolve4).toHaveBeenCalledTimes(2);
  });

  it('is asked for again after 30 s if nobody answered', async () => {
    const asked = servers({ resolve4: fails('ETIMEOUT'), resolve6: fails('ETIMEOUT') });
    const names = namesOf(asked);
    await kindOf(names.addressesOf('play.example'));
    now = 30_000;
    await kindOf(names.addressesOf('play.example'));
    expect(asked.resolve4).toHaveBeenCalledTimes(2);
  });

  it('delays no other: the system has one question at a time, and nobody waits longer than two seconds', async () => {
    vi.useFakeTimers();
    try {
      const asked = servers({ system: () => new Promise(() => undefined) });
      const names = namesOf(asked);
      const all = Array.from({ length: 50 }, (_, index) => kindOf(names.addressesOf(`s${index}.example`)));
      await vi.advanceTimersByTimeAsync(2000);
      expect(await Promise.all(all)).toEqual(Array.from({ length: 50 }, () => 'unknown-host'));
      expect(asked.system).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not fill the memory', async () => {
    const asked = servers();
    const names = namesOf(asked);
    for (let index = 0; index <= 2000; index++) await kindOf(names.addressesOf(`s${index}.example`));
    expect(asked.resolve4).toHaveBeenCalledTimes(2001);
    await kindOf(names.addressesOf('s2000.example'));
    expect(asked.resolve4).toHaveBeenCalledTimes(2001);
    // The oldest was forgotten.
    await kindOf(names.addressesOf('s0.example'));
    expect(asked.resolve4).toHaveBeenCalledTimes(2002);
  });
});

describe('a service record', () => {
  const record = (name: string, priority: number, weight = 0) => ({ name, port: 25_570, priority, weight });

  it('sends to the place with the lowest priority, and the greatest weight', async () => {
    const asked = servers({
      resolveSrv: () => Promise.resolve([record('c', 5, 1), record('b', 0, 1), record('a', 0, 9)]),
    });
    const names = namesOf(asked);
    expect(await names.serviceOf('_minecraft._tcp', 'play.example')).toEqual({ host: 'a', port: 25_570 });
    expect(asked.resolveSrv).toHaveBeenCalledWith('_minecraft._tcp.play.example');
    await names.serviceOf('_minecraft._tcp', 'play.example');
    expect(asked.resolveSrv).toHaveBeenCalledTimes(1);
  });

  it('is null for a missing record, and for an address', async () => {
    const asked = servers();
    expect(await namesOf(asked).serviceOf('_minecraft._tcp', 'play.example')).toBe(null);
    expect(await namesOf(asked).serviceOf('_minecraft._tcp', '203.0.113.10')).toBe(null);
    expect(asked.resolveSrv).toHaveBeenCalledTimes(1);
  });
});
