import type { Orders } from './orders.js';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Prints the output of an egg's install script; takes about two seconds. */
export async function install(orders: Orders, print: (line: string) => void): Promise<void> {
  const asked = Number(orders.environment['INSTALL_SECONDS']);
  const seconds = Number.isFinite(asked) && asked > 0 ? asked : 2;
  print(`Fetching the files of ${orders.game}`);
  for (const part of [5, 35, 70, 100]) {
    print(`\u001b[36m${part}%\u001b[0m`);
    await pause((seconds * 1000) / 4);
  }
  print('Unpacking');
  print(`Ready to play "${orders.name}"`);
}
