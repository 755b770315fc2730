import { describe, expect, it, vi } from 'vitest';
import { featureSymptom, symptomOf } from './symptoms.js';

/** Lines as real servers and nodes print them. */
const lines: readonly [string, ReturnType<typeof symptomOf>][] = [
  [
    '[12:01:02] [ServerMain/INFO]: You need to agree to the EULA in order to run the server. Go to eula.txt for more info.',
    { kind: 'eula' },
  ],
  ['Error: LinkageError occurred while loading main class org.bukkit.craftbukkit.Main', null],
  [
    '\tjava.lang.UnsupportedClassVersionError: org/bukkit/craftbukkit/Main has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0',
    { kind: 'java', java: 21 },
  ],
  [
    'Exception in thread "main" java.lang.UnsupportedClassVersionError: net/minecraft/server/Main : Unsupported major.minor version 52.0',
    { kind: 'java', java: 8 },
  ],
  ['Minecraft 1.17 requires running the server with Java 16 or above.', { kind: 'java', java: 16 }],
  [
    'Minecraft 1.19 requires running the server with Java 17 or above. Download it.',
    { kind: 'java', java: 17 },
  ],
  ['java.lang.UnsupportedClassVersionError', { kind: 'java' }],
  ['Exception in thread "Server thread" java.lang.OutOfMemoryError: Java heap space', { kind: 'memory' }],
  [
    '\u001b[33m\u001b[1m[Pterodactyl Daemon]:\u001b[39m Server is exceeding the assigned disk space limit, stopping process now.\u001b[0m',
    { kind: 'disk' },
  ],
  ['java.io.IOException: No space left on device', { kind: 'disk' }],
  ['[12:00:00 WARN]: **** FAILED TO BIND TO PORT!', { kind: 'port' }],
  ['[12:00:00 WARN]: The exception was: bind(..) failed: Address already in use', { kind: 'port' }],
  ['java.net.BindException: Address already in use (Bind failed)', { kind: 'port' }],
  [
    'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached',
    { kind: 'processes' },
  ],
  ['[0.012s][warning][os,thread] Failed to create thread "GC Thread#0"', { kind: 'processes' }],
  ['Could not establish connection to Steam servers. (GSL token expired)', { kind: 'steam-account' }],
  ['Connection to Steam servers failed. (Account Not Found)', { kind: 'steam-account' }],
  ["Error! App '740' state is 0x202 after update job.", { kind: 'steam-disk' }],
  [
    'Steam needs to be online to update. SteamCMD needs 250MB of free disk space to update.',
    { kind: 'steam-disk' },
  ],
  [
    'environment/docker: failed to pull "ghcr.io/pterodactyl/yolks:java_99" image for server: Error response from daemon: manifest unknown',
    { kind: 'image' },
  ],
  ['Error response from daemon: No such image: ghcr.io/pterodactyl/yolks:java_99', { kind: 'image' }],
  ['[12:01:02] [Server thread/INFO]: Done (12.034s)! For help, type "help"', null],
  ['[12:01:02] [Server thread/INFO]: <Olive> what is java?', null],
  ['', null],
];

describe('symptomOf', () => {
  it.each(lines)('reads %j', (line, symptom) => expect(symptomOf(line)).toEqual(symptom));

  it('searches a limited part of a line', () => {
    expect(symptomOf(`${'x'.repeat(2000)}failed to bind to port`)).toBeNull();
  });

  it('costs one pass over an ordinary line, because a starting server prints thousands a second', () => {
    const line =
      '[12:01:02] [Worker-Main-3/INFO]: Preparing spawn area: 83% of the java world, address 10.0.0.1';
    const passes = vi.spyOn(RegExp.prototype, 'test');
    const searches = vi.spyOn(String.prototype, 'includes');
    const copies = vi.spyOn(String.prototype, 'toLowerCase');
    try {
      expect(symptomOf(line)).toBeNull();
      expect([passes, searches, copies].map((spy) => spy.mock.calls.length)).toEqual([1, 0, 0]);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('featureSymptom', () => {
  it("uses the node's feature if the line itself has no known text", () => {
    expect(featureSymptom('pid_limit', 'resource temporarily unavailable')).toEqual({ kind: 'processes' });
    expect(
      featureSymptom('java_version', 'class file version 61.0, unsupported major.minor version'),
    ).toEqual({
      kind: 'java',
      java: 17,
    });
  });

  it('knows no other features', () => {
    expect(featureSymptom('toString', 'x')).toBeNull();
    expect(featureSymptom('own_feature', 'x')).toBeNull();
  });
});
