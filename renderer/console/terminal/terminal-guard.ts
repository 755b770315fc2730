/**
 * The second wall behind `sanitizeConsoleText`: even a sequence that slipped through finds nothing in the terminal
 * that obeys it. The terminal is only a screen; nothing listens to what it would answer.
 */
import type { IDisposable, ITerminalOptions, Terminal } from '@xterm/xterm';

/** Title, colours, links, clipboard, notifications and vendors' own: every operating system command is dropped. */
const oscCommands = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 19, 22, 50, 51, 52, 99, 104, 105, 106, 110, 111, 112,
  117, 119, 133, 555, 633, 777, 1337,
];

/** Questions (device attributes and reports), window operations, modes, resets. */
const csiSequences = [
  { final: 't' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { prefix: '>', final: 'q' },
  { final: 'h' },
  { final: 'l' },
  { prefix: '?', final: 'h' },
  { prefix: '?', final: 'l' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { intermediates: '!', final: 'p' },
  { intermediates: ' ', final: 'q' },
  { final: 'r' },
];

const dcsSequences = [
  { intermediates: '$', final: 'q' },
  { intermediates: '+', final: 'q' },
  { final: 'q' },
  { final: '|' },
];

/** Options that take from the terminal what only input or links would need. */
export const guardedOptions = {
  disableStdin: true,
  // Of what is not final yet, only decorations are used: they colour what a search has found. It opens nothing to the
  // output, for which the handlers below are.
  allowProposedApi: true,
  // A link in the output would open by itself; it must do nothing.
  linkHandler: { activate: () => undefined, allowNonHttpProtocols: false },
  windowOptions: {},
} satisfies ITerminalOptions;

/** Swallows what must not act. */
export function guardTerminal({ parser }: Pick<Terminal, 'parser'>): IDisposable {
  const swallow = (): boolean => true;
  const handlers = [
    ...oscCommands.map((command) => parser.registerOscHandler(command, swallow)),
    ...csiSequences.map((id) => parser.registerCsiHandler(id, swallow)),
    ...dcsSequences.map((id) => parser.registerDcsHandler(id, swallow)),
    parser.registerEscHandler({ final: 'c' }, swallow),
  ];
  return { dispose: () => handlers.forEach((handler) => handler.dispose()) };
}
