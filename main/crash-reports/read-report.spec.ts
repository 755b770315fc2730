import { describe, expect, it } from 'vitest';
import { readReport } from './read-report.js';

const report = (...lines: readonly string[]): string[] => [
  '---- Minecraft Crash Report ----',
  '// Oops.',
  '',
  'Time: 2026-11-29 14:32:05',
  ...lines,
  '',
  '-- System Details --',
  'Details:',
  '\tMinecraft Version: 1.21',
];

describe('a report of Minecraft', () => {
  it('names its description, the innermost exception and the foreign archive', () => {
    const lines = report(
      'Description: Exception ticking world',
      '',
      'java.lang.RuntimeException: Failed to tick',
      '\tat net.minecraft.server.MinecraftServer.tick(MinecraftServer.java:900) ~[paper-1.21.jar:?]',
      'Caused by: java.lang.IllegalStateException: no nest',
      '\tat org.bukkit.plugin.Call.run(Call.java:9) ~[paper-api-1.21.jar:?]',
      '\tat Owls-1.4.jar//net.owls.Nest.tick(Nest.java:41) ~[Owls-1.4.jar:?]',
      '\t... 12 more',
      '',
      'Caused by: a line of a player, far below',
    );
    expect(readReport(lines, false)).toEqual({
      symptom: null,
      description: 'Exception ticking world',
      cause: 'java.lang.IllegalStateException: no nest',
      suspect: 'Owls-1.4.jar',
      causeLine: lines.indexOf('Caused by: java.lang.IllegalStateException: no nest'),
    });
  });

  it('is judged by the known causes, and opened at the line that names one', () => {
    const lines = report(
      'Description: Initializing game',
      '',
      'java.lang.RuntimeException: Attempted to load class net/minecraft/client/Gui for invalid dist DEDICATED_SERVER',
      'Caused by: java.lang.OutOfMemoryError: Java heap space',
    );
    const { symptom, causeLine } = readReport(lines, false);
    expect([symptom?.kind, lines[causeLine ?? -1]]).toEqual(['memory', lines[7]]);
  });

  it('takes the suspected mods that the game names', () => {
    const lines = [...report('Description: Ticking player'), '\tSuspected Mods: Owls (owls), Nests (nests)'];
    expect(readReport(lines, false).suspect).toBe('Owls (owls), Nests (nests)');
    const none = [...report('Description: Ticking player'), '\tSuspected Mods: NONE'];
    expect(readReport(none, false).suspect).toBeNull();
  });

  it('says nothing by its list of the system, which names every mod and file', () => {
    const lines = [
      ...report('Description: Unexpected error'),
      '\tJVM Flags: -Xmx4G',
      'Found duplicate mods:',
    ];
    expect(readReport(lines, false)).toMatchObject({ symptom: null, causeLine: null, cause: null });
  });

  it('gives hostile texts as short plain lines', () => {
    const lines = report(
      `Description: \u001b[31m${'x'.repeat(5000)}`,
      '',
      `java.lang.Error: \u202e${'y'.repeat(5000)}`,
    );
    const { description, cause } = readReport(lines, false);
    expect([description?.length, cause?.length]).toEqual([200, 200]);
    expect(description).toMatch(/^x+…$/);
    expect(cause).toMatch(/^java\.lang\.Error: y+…$/);
  });
});

describe('a report of Java', () => {
  const head = [
    '#',
    '# A fatal error has been detected by the Java Runtime Environment:',
    '#',
    '#  SIGSEGV (0xb) at pc=0x00007f0c, pid=1, tid=27',
    '#',
    '# Problematic frame:',
    '# C  [libzstd-jni.so+0x1f3a0]  ZSTD_decompress+0x20',
    '',
  ];

  it('names the signal and the library', () => {
    expect(readReport(head, false)).toEqual({
      symptom: { kind: 'native-library', about: 'libzstd-jni.so', isSurvivable: true },
      description: 'SIGSEGV (0xb)',
      cause: 'libzstd-jni.so',
      suspect: null,
      causeLine: 6,
    });
  });

  it('takes no cause from the description of the process', () => {
    const lines = [...head.slice(0, 5), '---------------  P R O C E S S  ---------------', 'Java heap space'];
    expect(readReport(lines, false).symptom?.kind).toBe('native-crash');
  });
});

describe('a log', () => {
  it('is judged by its last lines', () => {
    const lines = Array.from({ length: 5000 }, (_, at) => `line ${at}`);
    lines[10] = "Could not load 'plugins/Old.jar' in folder 'plugins'";
    lines[4900] = "Could not load 'plugins/Shop.jar' in folder 'plugins'";
    const read = readReport(lines, true);
    expect(read).toMatchObject({
      symptom: { kind: 'plugin-load', about: 'plugins/Shop.jar' },
      causeLine: 4900,
    });
    expect([read.cause, read.suspect]).toEqual([null, null]);
  });
});
