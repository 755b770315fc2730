/** Feeds that hold values from main, and the calls beside them. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { sentence, verbatim } from '../../../messages/messages.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { WarnedRestartsFeed } from '../fleet/warned-restarts.svelte.js';
import { DiagnosisFeed } from './diagnosis-feed.svelte.js';
import { LanguageFeed } from './language-feed.svelte.js';
import { LatestFeed } from './latest-feed.svelte.js';
import { MemoryFeed } from './memory-feed.svelte.js';

const problem: Problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('Try again.') };

function watching<F extends { start(): void }>(make: (client: PerchClient) => F) {
  const bridge = new FakeBridge();
  const feed = make(new PerchClient(bridge));
  feed.start();
  return { bridge, feed };
}

afterEach(() => vi.unstubAllGlobals());

describe('a feed', () => {
  it('holds the last absence, palette request, shortcut and updates that main sent', () => {
    const absence = watching((client) => new LatestFeed(client, 'absence', null));
    expect(absence.feed.latest).toBeNull();
    absence.bridge.snapshot('absence', { from: 1, to: 2 });
    expect(absence.feed.latest).toEqual({ from: 1, to: 2 });
    absence.bridge.change('absence', null);
    expect(absence.feed.latest).toBeNull();

    const palette = watching((client) => new LatestFeed(client, 'palette', 0));
    palette.bridge.snapshot('palette', 3);
    expect(palette.feed.latest).toBe(3);
    palette.bridge.change('palette', 4);
    expect(palette.feed.latest).toBe(4);

    const shortcut = watching((client) => new LatestFeed(client, 'shortcut', 'none'));
    expect(shortcut.feed.latest).toBe('none');
    shortcut.bridge.snapshot('shortcut', 'active');
    expect(shortcut.feed.latest).toBe('active');
    shortcut.bridge.change('shortcut', 'refused');
    expect(shortcut.feed.latest).toBe('refused');

    const updates = watching((client) => new LatestFeed<'updates', null>(client, 'updates', null));
    updates.bridge.snapshot('updates', { kind: 'first' });
    expect(updates.feed.latest).toEqual({ kind: 'first' });
    updates.bridge.change('updates', { kind: 'second' });
    expect(updates.feed.latest).toEqual({ kind: 'second' });
  });

  it("holds main's notices, and reports to main which notice the user dismisses", async () => {
    const { bridge, feed } = watching((client) => new LatestFeed(client, 'notices', []));
    expect(feed.latest).toEqual([]);
    bridge.snapshot('notices', [{ id: 'a' }]);
    expect(feed.latest).toEqual([{ id: 'a' }]);
    bridge.change('notices', []);
    expect(feed.latest).toEqual([]);
    bridge.refuse('notices.dismiss', problem);
    new PerchClient(bridge).send('notices.dismiss', { id: 'a' });
    await Promise.resolve();
    expect(bridge.calls).toEqual([{ name: 'notices.dismiss', input: { id: 'a' } }]);
  });

  it('holds the questions of programs and the user’s consents', () => {
    const { bridge, feed } = watching((client) => {
      return new LatestFeed(client, 'consent', { questions: [], allowances: [] });
    });
    expect(feed.latest).toEqual({ questions: [], allowances: [] });
    bridge.snapshot('consent', { questions: [{ id: 'q' }], allowances: [] });
    expect(feed.latest.questions).toEqual([{ id: 'q' }]);
    bridge.change('consent', { questions: [], allowances: [{ id: 'a' }] });
    expect(feed.latest).toEqual({ questions: [], allowances: [{ id: 'a' }] });
  });

  it('holds warned restarts by server, and the reason why another cannot begin', () => {
    const { bridge, feed } = watching((client) => new WarnedRestartsFeed(client));
    const running = aServer({ power: 'running' });
    expect([feed.of(running.id), feed.reason(running)]).toEqual([null, null]);
    const of = (serverId: string, end: 'late' | null) => ({ serverId, restartAt: 5, end, problem: null });
    bridge.snapshot('warned', [of('other', null), of(running.id, null)]);
    expect(feed.of(running.id)).toEqual(of(running.id, null));
    expect(feed.reason(running)).toEqual(sentence('warned.busy'));
    bridge.change('warned', [of(running.id, 'late')]);
    expect([feed.of('other'), feed.reason(running)]).toEqual([null, null]);
    expect(feed.reason(aServer({ power: 'offline' }))).not.toBeNull();
    feed.callOff('a');
    feed.dismiss('b');
    expect(bridge.calls).toEqual([
      { name: 'warned.callOff', input: { serverId: 'a' } },
      { name: 'warned.dismiss', input: { serverId: 'b' } },
    ]);
  });
});

describe("main's memory", () => {
  const known = {
    eventsSeenAt: 5,
    shownOnce: ['no-tray'],
    stoppedTogether: null,
    othersShown: null,
    visits: [],
    sharedLogs: [],
  };

  it('is empty until main sends it, and then follows main', () => {
    const { bridge, feed } = watching((client) => new MemoryFeed(client, { problem: null }));
    const empty = {
      eventsSeenAt: 0,
      shownOnce: [],
      stoppedTogether: null,
      othersShown: null,
      visits: [],
      sharedLogs: [],
      awakeHours: [],
    };
    expect(feed.latest).toEqual(empty);
    bridge.snapshot('memory', known);
    expect(feed.latest).toEqual(known);
    bridge.change('memory', { ...known, eventsSeenAt: 6 });
    expect(feed.latest).toEqual({ ...known, eventsSeenAt: 6 });
  });

  it('notes events that the user has seen, and shows a refusal in the place of refused settings', async () => {
    const settings: { problem: Problem | null } = { problem: null };
    const { bridge, feed } = watching((client) => new MemoryFeed(client, settings));
    feed.note({ eventsSeenAt: 7 });
    await Promise.resolve();
    expect(bridge.calls).toEqual([{ name: 'memory.note', input: { eventsSeenAt: 7 } }]);
    expect(settings.problem).toBeNull();
    bridge.refuse('memory.note', problem);
    feed.note({ eventsSeenAt: 8 });
    await vi.waitFor(() => expect(settings.problem).toEqual(problem), { interval: 1 });
  });
});

describe('the diagnosis', () => {
  const ended = { isRunning: false, steps: [] };

  it('runs, and has its report once it has ended', async () => {
    const { bridge, feed } = watching((client) => new DiagnosisFeed(client));
    bridge.snapshot('diagnosis', null);
    expect([feed.isRunning, feed.report]).toEqual([false, null]);
    bridge.answer('diagnosis.report', { text: 'All is well.' });
    bridge.answer('diagnosis.save', { path: '/report.txt' });
    feed.run();
    bridge.change('diagnosis', { ...ended, isRunning: true });
    expect(feed.isRunning).toBe(true);
    bridge.change('diagnosis', ended);
    await vi.waitFor(() => expect(feed.report).toBe('All is well.'), { interval: 1 });
    expect(feed.isRunning).toBe(false);
    feed.save();
    await vi.waitFor(() => expect(feed.savedAs).toBe('/report.txt'), { interval: 1 });
    expect(bridge.calls.map(({ name }) => name)).toEqual([
      'diagnosis.run',
      'diagnosis.report',
      'diagnosis.save',
    ]);
    feed.run();
    expect([feed.report, feed.savedAs]).toEqual([null, null]);
  });

  it('gives the reason if it could not run, and forgets the reason with the next attempt', async () => {
    const { bridge, feed } = watching((client) => new DiagnosisFeed(client));
    bridge.refuse('diagnosis.run', problem);
    feed.run();
    await vi.waitFor(() => expect(feed.request.problem).toEqual(problem), { interval: 1 });
    bridge.answer('diagnosis.run', undefined);
    feed.run();
    expect(feed.request.problem).toBeNull();
  });
});

describe('the language of a window', () => {
  function aPage() {
    const page = { documentElement: { lang: '' } };
    vi.stubGlobal('document', page);
    const { bridge, feed } = watching((client) => new LanguageFeed(client));
    const told = vi.fn();
    void feed.told.then(told);
    return { bridge, feed, told, lang: () => page.documentElement.lang };
  }

  it('is known once its messages are there, and follows main', async () => {
    const { bridge, feed, told, lang } = aPage();
    expect(feed.current).toBe('en');
    bridge.snapshot('language', 'de');
    expect(told).not.toHaveBeenCalled();
    await feed.told;
    expect([feed.current, lang()]).toEqual(['de', 'de']);
    bridge.change('language', 'pseudo');
    await vi.waitFor(() => expect([feed.current, lang()]).toEqual(['pseudo', 'en']), { interval: 1 });
  });

  it('is the last language that main names, however long the messages take', async () => {
    const { bridge, feed, lang } = aPage();
    const seen: string[] = [];
    bridge.snapshot('language', 'fr');
    bridge.change('language', 'pl');
    await feed.told;
    seen.push(feed.current, lang());
    expect(seen).toEqual(['pl', 'pl']);
  });

  it('is English if main does not name it', async () => {
    const { bridge, feed, lang } = aPage();
    bridge.fail('language', problem);
    await feed.told;
    expect([feed.current, lang()]).toEqual(['en', '']);
  });
});
