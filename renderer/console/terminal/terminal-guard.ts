/**
 * Second barrier behind `sanitizeConsoleText`: the terminal ignores sequences that slip through. The terminal is
 * output only; its answers go nowhere.
 */
import type { IDisposable, ITerminalOptions, Terminal } from '@xterm/xterm';

/** All operating system commands: title, colours, links, clipboard, notifications, vendor commands. */
const oscCommands = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 19, 22, 50, 51, 52, 99, 104, 105, 106, 110, 111, 112,
  117, 119, 133, 555, 633, 777, 1337,
];

/** Device queries, window operations, modes, resets. */
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

/** Options that disable input and links. */
export const guardedOptions = {
  disableStdin: true,
  // Of the proposed API, only decorations are used, to colour search matches. Console output gets no new ability,
  // because the handlers below still apply.
  allowProposedApi: true,
  // xterm would open OSC 8 links itself; this handler ignores them.
  linkHandler: { activate: () => undefined, allowNonHttpProtocols: false },
  windowOptions: {},
} satisfies ITerminalOptions;

/** Registers handlers that swallow every sequence above. */
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
