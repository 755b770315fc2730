import { describe, expect, it } from 'vitest';
import { settle } from '../../tests/support/fake-clock.js';
import {
  downloading,
  found,
  messageOf,
  newer,
  ready,
  setUp,
  untilAsked,
  type Rig,
} from '../../tests/support/updates-rig.js';
import { UpdateFailure } from './source.js';

const minute = 60_000;

describe('the result of a check', () => {
  it('is offered with its notes as plain text, and not downloaded', async () => {
    const rig = setUp();
    await found(rig);
    expect(rig.updates.current.state).toEqual({
      kind: 'available',
      offer: { version: '0.2.0', notes: 'New\n• *a*', way: 'install', command: null, isSkipped: false },
    });
    await rig.clock.advance(60 * minute);
    expect(rig.source.fetch).not.toHaveBeenCalled();
  });

  it('is announced once per version, and not after a check by the user', async () => {
    const rig = setUp();
    await rig.updates.start();
    for (const version of ['0.2.0', '0.2.0', '0.3.0']) {
      await untilAsked(rig);
      await rig.answer({ ...newer, version });
    }
    expect(rig.tell.mock.calls).toEqual([
      ['available', '0.2.0'],
      ['available', '0.3.0'],
    ]);
    const asked = setUp();
    await found(asked);
    expect(asked.tell).not.toHaveBeenCalled();
  });

  it('is not announced after a skip, but the next version is', async () => {
    const rig = setUp({ seen: { skipped: '0.2.0' } });
    await rig.updates.start();
    await untilAsked(rig);
    await rig.answer(newer);
    expect(rig.updates.current.state).toMatchObject({ offer: { isSkipped: true } });
    expect(rig.tell).not.toHaveBeenCalled();
    await untilAsked(rig);
    await rig.answer({ ...newer, version: '0.2.1' });
    expect(rig.tell).toHaveBeenCalledExactlyOnceWith('available', '0.2.1');
  });

  it('can be skipped and offered again', async () => {
    const rig = setUp();
    await found(rig);
    rig.updates.skip('9.9.9', true);
    expect(rig.memory.current.updates.skipped).toBeNull();
    rig.updates.skip('0.2.0', true);
    await settle();
    expect(rig.memory.current.updates.skipped).toBe('0.2.0');
    rig.updates.skip('0.2.0', false);
    await settle();
    expect(rig.updates.current.state).toMatchObject({ offer: { isSkipped: false } });
    expect(rig.memory.current.updates.skipped).toBeNull();
  });

  it('is no update if it is older', async () => {
    const rig = setUp();
    await found(rig, { ...newer, version: '0.0.9', is: 'older' });
    expect(rig.updates.current.state).toEqual({ kind: 'current', held: { why: 'older', version: '0.0.9' } });
    await rig.updates.download();
    expect(rig.source.fetch).not.toHaveBeenCalled();
  });

  it('stays offered after a failed daily check', async () => {
    const rig = setUp();
    await found(rig);
    const { state } = rig.updates.current;
    await untilAsked(rig);
    await rig.fail('unreachable');
    expect(rig.updates.current.state).toEqual(state);
    void rig.updates.check();
    await settle();
    await rig.fail('unreachable');
    expect(rig.updates.current.state).toMatchObject({ kind: 'failed', offer: { version: '0.2.0' } });
  });

  it('is left to others if Perch cannot replace itself', async () => {
    const rig = setUp({}, { way: 'apt' });
    await found(rig);
    await rig.updates.download();
    expect(rig.source.fetch).not.toHaveBeenCalled();
    await rig.updates.openPage();
    expect(rig.openPage).toHaveBeenCalledExactlyOnceWith('https://perch.example');
  });
});

describe('a download', () => {
  it('reports its progress, and then waits for the end of Perch', async () => {
    const rig = setUp();
    await downloading(rig);
    expect(rig.updates.current.state).toMatchObject({ kind: 'downloading', share: null });
    rig.source.progress(0.4);
    expect(rig.updates.current.state).toMatchObject({ share: 0.4 });
    expect(rig.updates.ready).toBeNull();
    rig.source.end?.resolve();
    await settle();
    expect(rig.updates.ready).toBe('0.2.0');
    expect(rig.tell).toHaveBeenCalledExactlyOnceWith('ready', '0.2.0');
    await rig.clock.advance(72 * 60 * minute);
    expect(rig.source.checks).toHaveLength(1);
  });

  it('ends after a minute without data, and can be repeated', async () => {
    const rig = setUp();
    await downloading(rig);
    await rig.clock.advance(50_000);
    rig.source.progress(0.1);
    await rig.clock.advance(50_000);
    expect(rig.updates.current.state.kind).toBe('downloading');
    await rig.clock.advance(10_000);
    expect(messageOf(rig)).toBe('The download was interrupted.');
    expect(rig.source.abandon).toHaveBeenCalledOnce();
    rig.source.progress(0.9);
    expect(rig.updates.current.state.kind).toBe('failed');
    void rig.updates.download();
    rig.source.end?.resolve();
    await settle();
    expect(rig.updates.ready).toBe('0.2.0');
  });

  it('reports a file that is not the announced one', async () => {
    const rig = setUp();
    await downloading(rig);
    rig.source.end?.reject(new UpdateFailure('checksum'));
    await settle();
    expect(messageOf(rig)).toContain('has a wrong checksum');
    expect(rig.updates.ready).toBeNull();
    await rig.updates.install();
    expect(rig.source.install).not.toHaveBeenCalled();
  });

  it('ends when the user cancels it, whatever still arrives', async () => {
    const rig = setUp();
    await downloading(rig);
    rig.updates.cancel();
    expect(rig.source.abandon).toHaveBeenCalledOnce();
    rig.source.end?.resolve();
    await settle();
    expect(rig.updates.current.state.kind).toBe('available');
    expect(rig.updates.ready).toBeNull();
  });

  it('continues when the user turns later checks off', async () => {
    const rig = setUp();
    await downloading(rig);
    await rig.wish({ isOn: false });
    rig.source.end?.resolve();
    await settle();
    expect(rig.updates.ready).toBe('0.2.0');
  });

  describe.each<[string, (rig: Rig) => void | Promise<void>]>([
    ['cancelled', (rig: Rig) => rig.updates.cancel()],
    ['failed', async (rig: Rig) => rig.source.end?.reject(new UpdateFailure('checksum'))],
    ['silent', (rig: Rig) => rig.clock.advance(minute)],
  ])('that is %s', (_how, end) => {
    it('leaves no offer after checks were turned off', async () => {
      const rig = setUp();
      await downloading(rig);
      await rig.wish({ isOn: false });
      await end(rig);
      await settle();
      expect(rig.updates.current.state).toEqual({ kind: 'off' });
      expect(rig.source.checks).toHaveLength(1);
    });

    it('is replaced by a check in the newly chosen channel', async () => {
      const rig = setUp({ updates: { isOn: true, channel: 'beta' } });
      await downloading(rig);
      await rig.wish({ channel: 'stable' });
      await end(rig);
      await settle();
      expect(rig.source.checks).toEqual(['beta', 'stable']);
      expect(rig.updates.current.state.kind).toBe('checking');
      await rig.fail('unreachable');
      expect(rig.updates.current.state).toMatchObject({ kind: 'failed', offer: null });
    });

    it('stays offered after the choice was undone', async () => {
      const rig = setUp();
      await downloading(rig);
      await rig.wish({ channel: 'beta' });
      await rig.wish({ channel: 'stable' });
      await end(rig);
      await settle();
      expect(rig.updates.current.state).toMatchObject({ offer: { version: '0.2.0' } });
      expect(rig.source.checks).toEqual(['stable']);
    });
  });
});

describe('a check', () => {
  it('ends after a minute without an answer', async () => {
    const rig = setUp();
    await rig.updates.start();
    void rig.updates.check();
    await rig.clock.advance(minute);
    expect(messageOf(rig)).toContain('did not answer in time');
    expect(rig.source.abandon).toHaveBeenCalledOnce();
    await rig.answer(newer);
    expect(rig.updates.current.state.kind).toBe('failed');
  });

  it.each([
    ['unreachable', 'could not reach the update server'],
    ['not-a-feed', 'not a list of versions'],
    ['missing', 'has no versions for this channel'],
    ['untrusted', 'does not trust the update server’s certificate'],
    ['refused', 'answered with an error'],
  ] as const)('reports a feed that is %s', async (why, sentence) => {
    const rig = setUp();
    await rig.updates.start();
    void rig.updates.check();
    await settle();
    await rig.fail(why);
    expect(messageOf(rig)).toContain(sentence);
  });

  it('treats an unknown feed as none, and informs no window', async () => {
    const rig = setUp();
    await rig.updates.start();
    void rig.updates.check();
    await settle();
    rig.source.answer?.reject(new TypeError('secret detail'));
    await settle();
    expect(messageOf(rig)).toContain('not a list of versions');
    expect(JSON.stringify(rig.updates.current)).not.toContain('secret detail');
  });
});

describe('the end of Perch', () => {
  it('installs the ready version, after all modules have stopped', async () => {
    const rig = setUp();
    await ready(rig);
    rig.updates.stop();
    expect(rig.source.abandon).not.toHaveBeenCalled();
    await rig.updates.install();
    expect(rig.source.install).toHaveBeenCalledExactlyOnceWith({ restart: false });
  });

  it('starts again on request, and continues if the user keeps typed text', async () => {
    const rig = setUp();
    await rig.updates.restart();
    expect(rig.quit).not.toHaveBeenCalled();
    await ready(rig);
    rig.quit.mockResolvedValueOnce(false);
    await rig.updates.restart();
    await rig.updates.install();
    await rig.updates.restart();
    await rig.updates.install();
    expect(rig.source.install.mock.calls).toEqual([[{ restart: false }], [{ restart: true }]]);
  });

  it('never fails, and the next start reports a failed installation', async () => {
    const rig = setUp();
    await ready(rig);
    rig.source.install.mockRejectedValueOnce(new UpdateFailure('not-written'));
    await rig.updates.install();
    expect(rig.log.text).toContain('updates.not-installed');
    const next = setUp({ seen: rig.memory.current.updates });
    await next.updates.start();
    expect(messageOf(next)).toContain('Perch 0.2.0 was downloaded, but not installed');
    expect(next.memory.current.updates.pending).toBeNull();
  });

  it('needs no report if the new version runs', async () => {
    const rig = setUp({ seen: { pending: '0.1.0' } });
    await rig.updates.start();
    expect(rig.updates.current.state).toEqual({ kind: 'idle' });
    expect(rig.memory.current.updates.pending).toBeNull();
  });

  it('ends running requests', async () => {
    const rig = setUp();
    await downloading(rig);
    rig.updates.stop();
    expect(rig.source.abandon).toHaveBeenCalledOnce();
    expect(rig.clock.pending).toBe(0);
  });
});
