import { expect, test } from 'vitest';
import { BadArgument, readArguments, sentenceFor, usage } from './command-line.js';

test('missing options have their usual values', () => {
  expect(readArguments([])).toMatchObject({
    withParent: false,
    options: {
      port: 8800,
      tokenLifetimeSeconds: 600,
      fresh: false,
      control: false,
      dialect: { name: 'panel-1.11' },
    },
  });
});

test('given options count', () => {
  const wishes = readArguments([
    ...['--port', '0', '--dialect', 'reference', '--data', '/somewhere', '--token-lifetime', '30'],
    ...[
      '--client-limit',
      '10',
      '--websocket-limit',
      '5',
      '--servers',
      '200',
      '--one-node',
      '--without-demo',
      '--fresh',
      '--every-game',
      '--answer-queries',
      '--control',
      '--with-parent',
    ],
  ]);
  expect(wishes).toMatchObject({
    withParent: true,
    options: {
      port: 0,
      dialect: { name: 'reference' },
      dataFolder: '/somewhere',
      tokenLifetimeSeconds: 30,
      clientLimit: 10,
      websocketLimit: 5,
      world: {
        syntheticServers: 200,
        withoutDemo: true,
        onOneNode: true,
        everyGame: true,
        answersOnPaper: true,
      },
      fresh: true,
      control: true,
    },
  });
});

test.each(['panel-1.11', 'reference', 'panel-1.12', 'pelican'])('%s is a dialect', (name) => {
  expect(readArguments(['--dialect', name])).toMatchObject({ options: { dialect: { name } } });
  expect(usage).toContain(name);
});

test('help starts no sandbox', () => {
  expect(readArguments(['--help'])).toBeNull();
});

test.each([
  [['--port', '70000'], '--port needs a whole number from 0 to 65535, not "70000".'],
  [['--port', '1e3'], '--port needs a whole number from 0 to 65535, not "1e3".'],
  [['--servers', '5001'], '--servers needs a whole number from 1 to 5000, not "5001".'],
  [['--token-lifetime', '0'], '--token-lifetime needs a whole number from 1 to 86400, not "0".'],
  [
    ['--dialect', 'constructor'],
    '--dialect knows panel-1.11, reference, panel-1.12 and pelican, not "constructor".',
  ],
  [['--data', ' '], '--data needs the name of a folder.'],
  [['--nonsense'], "Unknown option '--nonsense'. --help lists what there is."],
  [['--port'], "Option '--port <value>' argument missing. --help lists what there is."],
])('%j causes a refusal in one sentence', (args, sentence) => {
  expect(() => readArguments(args)).toThrow(new BadArgument(sentence));
});

test('a port in use is reported', () => {
  const taken = Object.assign(new Error('listen'), { code: 'EADDRINUSE' });
  expect(sentenceFor(taken, 8800)).toBe(
    'Port 8800 is in use on this computer; end what uses it, or choose another one with --port.',
  );
});

test('a rented fleet must be a known fleet', () => {
  expect(readArguments(['--rented', 'friends'])).toMatchObject({ options: { world: { rented: 'friends' } } });
  expect(() => readArguments(['--rented', 'everybody'])).toThrow(
    '--rented knows network and friends, not "everybody".',
  );
});
