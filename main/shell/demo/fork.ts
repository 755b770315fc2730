import { utilityProcess } from 'electron';
import type { ForkUtility } from './utility.js';

/** Starts a utility process with Electron. */
export const forkUtility: ForkUtility = (script, { args, env, cwd, name }) =>
  utilityProcess.fork(script, args, {
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    stdio: 'pipe',
    serviceName: name,
    ...(cwd === undefined ? {} : { cwd }),
  });
