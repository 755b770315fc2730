import { beforeEach, describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { OwnSignal } from './own-signal.js';

const worksForMs = 120_000;

describe("the user's last signal", () => {
  let clock = new FakeClock();
  let own: OwnSignal;
  let count = 0;

  beforeEach(() => {
    clock = new FakeClock();
    own = new OwnSignal(clock, () => ({ bulk: false }));
  });

  function send(signal: PowerSignal): void {
    const pending = { signal, since: (count += 1) };
    own.changed(aServer(), aServer({ pending }));
    own.changed(aServer({ pending }), aServer({ pending, name: 'Renamed' }));
    own.changed(aServer({ pending }), aServer({ pending: null }));
  }

  it('explains what comes within two minutes', async () => {
    expect(own.atWork).toBeNull();
    send('stop');
    await clock.advance(worksForMs);
    expect(own.atWork).toMatchObject({ signal: 'stop', actor: { kind: 'me', bulk: false } });
    await clock.advance(1);
    expect(own.atWork).toBeNull();
  });

  it('is the newest that was not refused', () => {
    send('restart');
    send('stop');
    send('stop');
    own.refused('stop');
    expect(own.atWork?.signal).toBe('stop');
    own.refused('stop');
    expect(own.atWork?.signal).toBe('restart');
    own.refused('kill');
    expect(own.atWork?.signal).toBe('restart');
  });

  it('explains an end that takes longer, once the server is stopping because of it', async () => {
    send('stop');
    own.became('stopping');
    await clock.advance(10 * worksForMs);
    expect(own.atWork?.signal).toBe('stop');
    own.became('running');
    expect(own.atWork).toBeNull();
  });

  it('does not explain a stop that began after its two minutes', async () => {
    send('stop');
    await clock.advance(worksForMs + 1);
    own.became('stopping');
    expect(own.atWork).toBeNull();
  });

  it('explains nothing after its effect', () => {
    send('stop');
    own.became('stopping');
    own.done();
    expect(own.atWork).toBeNull();
    send('start');
    expect(own.atWork?.signal).toBe('start');
  });

  it('is one of ten: a person sends no more before one works', () => {
    send('start');
    for (let sent = 0; sent < 10; sent++) send('stop');
    for (let refused = 0; refused < 10; refused++) own.refused('stop');
    expect(own.atWork).toBeNull();
  });
});
