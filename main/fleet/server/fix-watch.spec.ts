import { describe, expect, it } from 'vitest';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aWatchedServer } from '../../../tests/support/watched-server.js';
import type { ArrivingLine } from '../console/console-buffer.js';

const eula = 'You need to agree to the EULA in order to run the server. Go to eula.txt for more info.';
const diskFull = 'Server is exceeding the assigned disk space limit, stopping process now.';
const heap = 'java.lang.OutOfMemoryError: Java heap space';

function rig(power: 'running' | 'offline' = 'offline') {
  const watched = aWatchedServer();
  watched.live(power);
  const print = (text: string, source: ArrivingLine['source'] = 'server'): void =>
    watched.session().tell({ kind: 'lines', lines: [{ at: 0, source, text }] });
  const { tell } = watched.session();
  /** The node reports the exit, and no restart follows. */
  const crash = (exitCode: number, outOfMemory = false): Promise<void> => {
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'crashed', crash: { exitCode, outOfMemory } });
    return watched.clock.advance(500);
  };
  return { ...watched, tell, print, crash, fixIt: () => watched.now()?.fixIt ?? null };
}

describe('FixWatch', () => {
  it('notices a line of a starting server, with the lines before', () => {
    const { tell, print, fixIt } = rig();
    tell({ kind: 'power', power: 'starting' });
    print('\u001b[33mLoading\u001b[0m');
    print(eula);
    expect(fixIt()).toMatchObject({ kind: 'eula', lines: ['Loading', eula] });
  });

  it('keeps the reason while the server is down, and while the node starts it again after a crash', async () => {
    const { crash, tell, print, fixIt } = rig();
    tell({ kind: 'power', power: 'starting' });
    print(eula);
    await crash(0);
    expect(fixIt()?.kind).toBe('eula');
    tell({ kind: 'power', power: 'starting' });
    expect(fixIt()?.kind).toBe('eula');
    tell({ kind: 'power', power: 'running' });
    expect(fixIt()).toBeNull();
  });

  it('forgets the reason at a new start that follows no crash', () => {
    const { tell, print, fixIt } = rig();
    tell({ kind: 'power', power: 'starting' });
    print(eula);
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'power', power: 'starting' });
    expect(fixIt()).toBeNull();
  });

  it('ignores the lines of a running server, which players may have written', () => {
    const { print, fixIt } = rig('running');
    print(`<Olive> ${eula}`);
    print(eula, 'history');
    expect(fixIt()).toBeNull();
  });

  it('searches the last lines of a crashed server', async () => {
    const { crash, print, fixIt } = rig('running');
    print('Ticking');
    print(heap);
    for (let count = 0; count < 20; count++) print(`\tat frame ${count}`);
    expect(fixIt()).toBeNull();
    await crash(1);
    expect(fixIt()).toMatchObject({ kind: 'memory', lines: ['Ticking', heap] });
  });

  it('searches no lines before the last lines', async () => {
    const { crash, print, fixIt } = rig('running');
    print(heap);
    for (let count = 0; count < 200; count++) print(`line ${count}`);
    await crash(1);
    expect(fixIt()).toBeNull();
  });

  it('believes a daemon line if the node then stops the running server', async () => {
    const { clock, print, tell, fixIt } = rig('running');
    print('Saving');
    print(diskFull, 'daemon');
    await clock.advance(300);
    tell({ kind: 'power', power: 'stopping' });
    expect(fixIt()).toMatchObject({ kind: 'disk', lines: ['Saving', diskFull] });
    tell({ kind: 'power', power: 'offline' });
    expect(fixIt()?.kind).toBe('disk');
  });

  it('ignores a daemon line if the server keeps running, because its game may have printed the line', async () => {
    const { clock, print, tell, fixIt } = rig('running');
    print(diskFull, 'daemon');
    expect(fixIt()).toBeNull();
    await clock.advance(3000);
    tell({ kind: 'power', power: 'stopping' });
    expect(fixIt()).toBeNull();
  });

  it('ignores a daemon line if a signal of the user ends the process', () => {
    for (const isBefore of [true, false]) {
      const { watcher, print, tell, fixIt } = rig('running');
      if (isBefore) watcher.orders.signalSent('stop');
      print(diskFull, 'daemon');
      if (!isBefore) watcher.orders.signalSent('stop');
      tell({ kind: 'power', power: 'stopping' });
      tell({ kind: 'power', power: 'offline' });
      expect(fixIt()).toBeNull();
    }
  });

  it('believes a daemon line before an end for which the signal of the user was refused', () => {
    const { watcher, print, tell, fixIt } = rig('running');
    print(diskFull, 'daemon');
    watcher.orders.signalSent('stop');
    watcher.orders.signalFailed('stop', aProblem('conflict'));
    tell({ kind: 'power', power: 'stopping' });
    expect(fixIt()?.kind).toBe('disk');
  });

  it('takes the reason from the crash if the node killed the process for its memory', async () => {
    const { crash, fixIt } = rig('running');
    await crash(137, true);
    expect(fixIt()?.kind).toBe('memory');
  });

  it('reports that no container started if a start ends before the process prints a line', async () => {
    const { crash, tell, print, fixIt } = rig();
    tell({ kind: 'power', power: 'starting' });
    print('Pulling Docker container image, this could take a few minutes to complete...', 'daemon');
    await crash(1);
    expect(fixIt()?.kind).toBe('image');
  });

  it('does not report a missing container if the process has printed a line', async () => {
    const { crash, tell, print, fixIt } = rig();
    tell({ kind: 'power', power: 'starting' });
    print('container@pterodactyl~ java -jar server.jar');
    await crash(1);
    expect(fixIt()).toBeNull();
  });

  it('takes the problem that the node itself names', () => {
    const { tell, fixIt } = rig();
    tell({ kind: 'symptom', line: 'resource temporarily unavailable', feature: 'pid_limit' });
    expect(fixIt()).toMatchObject({ kind: 'processes', lines: ['resource temporarily unavailable'] });
    tell({ kind: 'symptom', line: 'filesystem: not enough disk space', feature: null });
    expect(fixIt()?.kind).toBe('disk');
  });

  it('keeps the Java version of the first line', () => {
    const { tell, print, fixIt } = rig();
    tell({ kind: 'power', power: 'starting' });
    print('java.lang.UnsupportedClassVersionError');
    print('Minecraft 1.18 requires running the server with Java 17 or above.');
    print('java.lang.UnsupportedClassVersionError');
    expect(fixIt()).toMatchObject({ kind: 'java', java: 17 });
  });

  describe('of a line that servers survive', () => {
    const broken = "Could not load 'plugins/Shop.jar' in folder 'plugins'";

    it('shows no fix while the server starts', () => {
      const { tell, print, fixIt } = rig();
      tell({ kind: 'power', power: 'starting' });
      print(broken);
      expect(fixIt()).toBeNull();
      tell({ kind: 'power', power: 'running' });
      expect(fixIt()).toBeNull();
    });

    it('names the plugin after a crash, however many lines followed', async () => {
      const { crash, tell, print, fixIt } = rig();
      tell({ kind: 'power', power: 'starting' });
      print(broken);
      for (let count = 0; count < 200; count++) print(`line ${count}`);
      await crash(1);
      expect(fixIt()).toMatchObject({ kind: 'plugin-load', about: 'plugins/Shop.jar', lines: [broken] });
    });

    it('names it after a start that ended without a crash report of the node', () => {
      const { tell, print, fixIt } = rig();
      tell({ kind: 'power', power: 'starting' });
      print(broken);
      tell({ kind: 'power', power: 'offline' });
      expect(fixIt()?.kind).toBe('plugin-load');
    });

    it('shows no fix after a start that the user ended', () => {
      const { watcher, tell, print, fixIt } = rig();
      tell({ kind: 'power', power: 'starting' });
      print(broken);
      watcher.orders.signalSent('kill');
      tell({ kind: 'power', power: 'offline' });
      expect(fixIt()).toBeNull();
    });

    it('does not explain the crash of a server that ran since', async () => {
      const { crash, tell, print, fixIt } = rig();
      tell({ kind: 'power', power: 'starting' });
      print(broken);
      for (let count = 0; count < 200; count++) print(`line ${count}`);
      tell({ kind: 'power', power: 'running' });
      await crash(3);
      expect(fixIt()).toBeNull();
    });
  });

  it('takes the cause that says most from the lines of the crash, and the first line of it', async () => {
    const { crash, print, fixIt } = rig('running');
    print('Error occurred while enabling Shop v1 (Is it up to date?)');
    print(heap);
    print(`again ${heap}`);
    print('java.nio.file.NoSuchFileException: data.db');
    await crash(1);
    expect(fixIt()).toMatchObject({ kind: 'memory' });
    expect(fixIt()?.lines.at(-1)).toBe(heap);
  });

  it('says that somebody killed the process if nothing else explains exit code 137', async () => {
    const one = rig('running');
    one.print('Saving');
    await one.crash(137);
    expect(one.fixIt()?.kind).toBe('killed');
    const other = rig('running');
    other.print(heap);
    await other.crash(137);
    expect(other.fixIt()?.kind).toBe('memory');
  });
});
