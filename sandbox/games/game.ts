/**
 * The child process of a demo server. It is alone in a process of its own, so that starting, stopping, killing and
 * measuring it are the real thing. Orders come in the variable PERCH_GAME, commands on stdin.
 */
import { GAMES, gameNamed } from './catalogue.js';
import { install } from './install.js';
import { leave } from './leave.js';
import type { Orders } from './orders.js';
import { Game } from './play.js';
import { PROFILES } from './profiles.js';
import { World } from './world.js';

const orders = JSON.parse(process.env['PERCH_GAME'] ?? 'null') as Orders;

// The sandbox holds the other end of stdin: when it is gone, however it went, there is nobody to play for.
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdout.on('error', () => process.exit(0));
// Ctrl-C in the sandbox's terminal reaches the whole group; the sandbox decides what becomes of its games.
process.on('SIGINT', () => undefined);

process.stdin.setEncoding('utf8');

if (orders.mode === 'install') {
  process.stdin.resume();
  await install(orders, (line) => void process.stdout.write(`${line}\n`));
  leave(0);
} else {
  const name = gameNamed(orders.game);
  const game = new Game(orders, PROFILES[name], GAMES[name].stop, new World(process.cwd()));
  process.on('SIGTERM', () => void game.stop());
  process.stdin.on('data', (text: string) => game.typed(text));
  await game.play();
}
