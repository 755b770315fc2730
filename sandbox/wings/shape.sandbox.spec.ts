import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ownFixtures, recordedFixtures } from '../../tests/support/fixtures.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { readRecording, shapeOf } from '../../tests/support/wings-recording.js';
import { WingsReplay, type ReplayOptions } from '../../tests/support/wings-replay.js';
import { SURVIVAL, WingsRig } from '../../tests/support/wings-rig.js';
import type { ServerSpec } from './api.js';

/** Set-up of the rig for a recorded session. */
interface Scene extends ReplayOptions {
  spec?: Partial<ServerSpec>;
  lifetimeSeconds?: number;
  /** True if either socket may get the error of two concurrent actions. */
  anyoneMayFail?: boolean;
  /** Files of the server before the session, by their names. */
  files?: Readonly<Record<string, string>>;
  /** True if our own session of this name has no requests to repeat. */
  onlyRecorded?: boolean;
  /** True if messages were sent without waiting. They are handled concurrently, so the order of the answers varies. */
  anyOrder?: boolean;
}

/** Sessions that the sandbox can repeat; the name of a scene is its file's name. */
const SCENES: Record<string, Scene> = {
  start: {},
  'start-as-admin': {},
  stop: {},
  restart: {},
  kill: {},
  crash: {},
  'clean-exit': {},
  'out-of-memory': { spec: { memoryMb: 128 }, words: { oom: 'leak 300' } },
  'typed-stop-command': {},
  'printed-stop-word': {},
  'hung-stop': {},
  'stop-ctrl-c': { spec: { stopValue: '^C' } },
  'stop-by-signal': { spec: { stopValue: '^SIGINT' } },
  // Killed at the start: whether the first line still appears is a race.
  'power-lock': { anyoneMayFail: true, chance: /container@/ },
  'power-lock-admin': {},
  'auth-offline': {},
  'no-auth': {},
  'bad-tokens': {},
  origin: {},
  frames: {},
  'running-15s': {},
  'token-life-with-renewal': { lifetimeSeconds: 6 },
  'token-life-without-renewal': { lifetimeSeconds: 6 },
  'flood-20000': {},
  // The backup holds only the one file that the recorded game had.
  backup: { files: { 'server.sh': 'true', '.pteroignore': '*\n!server.sh\n' }, onlyRecorded: true },
  command: {},
  reinstall: { spec: { environment: { BOOT_SECONDS: '0.4', INSTALL_SECONDS: '2' } }, anyOrder: true },
};

const recorded = recordedFixtures('wings-1.11');
const sets = [
  { name: 'the same actions give the same events as in our own sessions', folder: ownFixtures('wings') },
  ...(recorded === null
    ? []
    : [{ name: 'the same actions give the same events as a real Wings', folder: recorded }]),
];
let rig: WingsRig | null = null;

afterEach(async () => {
  await rig?.end();
  rig = null;
});

/** Rig in the state in which the session begins. */
async function ready(scene: Scene, isRunning: boolean): Promise<WingsRig> {
  const made = await WingsRig.start({ lifetimeSeconds: scene.lifetimeSeconds ?? 600 });
  rig = made;
  made.panel.change(SURVIVAL, scene.spec ?? {});
  for (const [name, text] of Object.entries(scene.files ?? {})) {
    await made.node.files.write(SURVIVAL, name, Buffer.from(text));
  }
  if (!isRunning) return made;
  const socket = await made.enter();
  await made.run(socket);
  socket.close();
  return made;
}

describe.each(sets)('$name', ({ folder }) => {
  const isRecorded = folder === recorded;
  const scenes = Object.entries(SCENES).filter(
    ([name, { onlyRecorded = false }]) =>
      existsSync(join(folder, `${name}.jsonl`)) && (isRecorded || !onlyRecorded),
  );
  const recordedShapes = new Set<string>();
  const playedShapes = new Set<string>();

  for (const [name, scene] of scenes) {
    test(name, async (context) => {
      if (isRecorded) countRecorded(context, { sessions: 1 });
      const entries = readRecording(folder, name);
      const first = entries.find(({ dir, data }) => dir === 'in' && data?.includes('"status"'));
      const isRunning = first?.data?.includes('running') ?? false;
      const replay = new WingsReplay(await ready(scene, isRunning), entries, scene);
      const sockets = await replay.play();

      for (const { what, recorded, played } of replay.answers) {
        expect(`${what} -> ${played}`).toBe(`${what} -> ${recorded}`);
      }
      const isError = (text: string) => text.startsWith('daemon error');
      const keep = (events: string[]) => {
        const kept = scene.anyoneMayFail === true ? events.filter((text) => !isError(text)) : [...events];
        return scene.anyOrder === true ? kept.sort() : kept;
      };
      for (const { name: socket, recorded, played } of sockets) {
        expect({ socket, ...played, events: keep(played.events) }).toEqual({
          socket,
          ...recorded,
          events: keep(recorded.events),
        });
      }
      expect(sockets.flatMap(({ played }) => played.events.filter(isError)).sort()).toEqual(
        sockets.flatMap(({ recorded }) => recorded.events.filter(isError)).sort(),
      );
      for (const { recordedFrames, playedFrames } of sockets) {
        for (const frame of recordedFrames) recordedShapes.add(shapeOf(frame));
        for (const frame of playedFrames) playedShapes.add(shapeOf(frame));
      }
    });
  }

  test('are enough in number', () => {
    expect(scenes.length).toBeGreaterThanOrEqual(isRecorded ? Object.keys(SCENES).length : 14);
  });

  test('every event has the shape of the recorded events', () => {
    expect([...playedShapes].sort()).toEqual([...recordedShapes].sort());
  });

  test('backlog', async (context) => {
    if (isRecorded) countRecorded(context, { sessions: 1 });
    const made = await ready({}, true);
    const wanted = readRecording(folder, 'send-logs')
      .filter(({ dir, sock }) => dir === 'in' && sock === undefined)
      .map(({ data }) => JSON.parse(data ?? '') as { event: string; args?: string[] })
      .filter(({ event }) => event === 'console output');
    const socket = await made.enter();
    socket.send('send command', 'raw \\n');
    await socket.during(200);
    const from = socket.frames.length;
    socket.send('send logs');
    const played = (await socket.during(500)).filter(({ event }) => event === 'console output');
    socket.send('send logs');
    const again = (await socket.during(500)).filter(({ event }) => event === 'console output');
    const facts = (frames: { event: string; args?: string[] }[]) => ({
      shapes: [...new Set(frames.map(shapeOf))],
      beginsWithTheInvocation:
        frames[0]?.args?.[0] === '\u001b[1m\u001b[33mcontainer@pterodactyl~ \u001b[0mbash server.sh',
      daemonLines: frames.filter(({ args }) => args?.[0]?.includes(' Daemon]:')).length,
      hasBlankLines: frames.some(({ args }) => args?.[0] === ''),
    });
    expect(from).toBeGreaterThan(0);
    expect(facts(played)).toEqual(facts(wanted));
    expect(again).toEqual(played);
  });
});
