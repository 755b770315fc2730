/**
 * Entry of a demo server's process. It has a process of its own, so that starting, stopping, killing and measuring are
 * real. `terminal.ts` provides orders and commands.
 */
import { gameNamed } from './catalogue.js';
import { install } from './install.js';
import { leave } from './leave.js';
import { Game } from './play.js';
import { openTerminal } from './terminal.js';
import { World } from './world.js';

// Ctrl+C in the sandbox's terminal reaches the whole process group; the sandbox ends its games itself.
process.on('SIGINT', () => undefined);

const { orders, input } = await openTerminal();
input.setEncoding('utf8');

if (orders.mode === 'install') {
  input.resume();
  await install(orders, (line) => void process.stdout.write(`${line}\n`));
  leave(0);
} else {
  const game = new Game(orders, gameNamed(orders.game), new World(process.cwd()));
  process.on('SIGTERM', () => void game.stop());
  input.on('data', (text: string) => game.typed(text));
  await game.play();
}
