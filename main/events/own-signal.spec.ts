import { beforeEach, describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { someSignals } from '../../tests/support/sent-signals.js';
import { OwnSignal } from './own-signal.js';

const worksForMs = 120_000;

describe("the user's last signal", () => {
  let clock = new FakeClock();
  let signals = someSignals(clock);
  let own: OwnSignal;

  beforeEach(() => {
    clock = new FakeClock();
    signals = someSignals(clock);
    own = new OwnSignal(clock, signals.of('home/1'));
  });

  const send = (signal: PowerSignal): void => signals.sent('home/1', signal);
  const refuse = (signal: PowerSignal): void => signals.refused('home/1', signal);

  it('explains changes within two minutes', async () => {
    expect(own.atWork).toBeNull();
    send('stop');
    await clock.advance(worksForMs);
    expect(own.atWork).toMatchObject({ signal: 'stop', actor: { kind: 'me', bulk: false } });
    await clock.advance(1);
    expect(own.atWork).toBeNull();
  });

  it('is the newest signal that was not refused', () => {
    send('restart');
    send('stop');
    send('stop');
    refuse('stop');
    expect(own.atWork?.signal).toBe('stop');
    refuse('stop');
    expect(own.atWork?.signal).toBe('restart');
    refuse('kill');
    expect(own.atWork?.signal).toBe('restart');
  });

  it('explains a later end if the server is stopping because of the signal', async () => {
    send('stop');
    own.became('stopping');
    await clock.advance(10 * worksForMs);
    expect(own.atWork?.signal).toBe('stop');
    own.became('running');
    expect(own.atWork).toBeNull();
  });

  it('does not explain a stop that began after two minutes', async () => {
    send('stop');
    await clock.advance(worksForMs + 1);
    own.became('stopping');
    expect(own.atWork).toBeNull();
  });

  it('explains no end after its effect', () => {
    send('stop');
    own.became('stopping');
    own.done();
    expect(own.atWork).toBeNull();
    send('start');
    expect(own.atWork?.signal).toBe('start');
  });

  it('is found among the last ten: nobody sends more before one has an effect', () => {
    send('start');
    for (let sent = 0; sent < 10; sent++) send('stop');
    for (let refused = 0; refused < 10; refused++) refuse('stop');
    expect(own.atWork).toBeNull();
  });
});
