/**
 * The process of a demo server. It is alone in a process of its own, so that starting, stopping, killing and
 * measuring it are the real thing. `terminal.ts` says where its orders and commands come from.
 */
import { GAMES, gameNamed } from './catalogue.js';
import { install } from './install.js';
import { leave } from './leave.js';
import { Game } from './play.js';
import { PROFILES } from './profiles.js';
import { openTerminal } from './terminal.js';
import { World } from './world.js';

// Ctrl-C in the sandbox's terminal reaches the whole group; the sandbox decides what becomes of its games.
process.on('SIGINT', () => undefined);

const { orders, input } = await openTerminal();
input.setEncoding('utf8');

if (orders.mode === 'install') {
  input.resume();
  await install(orders, (line) => void process.stdout.write(`${line}\n`));
  leave(0);
} else {
  const name = gameNamed(orders.game);
  const game = new Game(orders, PROFILES[name], GAMES[name].stop, new World(process.cwd()));
  process.on('SIGTERM', () => void game.stop());
  input.on('data', (text: string) => game.typed(text));
  await game.play();
}
