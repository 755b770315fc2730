import { serverTabs } from '../../bridge/fleet/server-tabs.js';
import { printJson, type Command } from './command.js';

export const open: Command = async ({ perch, args: [name], options, terminal }) => {
  const tab = serverTabs.find((one) => one === options['tab']) ?? 'console';
  await perch.ask('open', { name: name ?? null, tab });
  if (options['json'] === true) printJson(terminal, {});
};
