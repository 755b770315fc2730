import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';

/**
 * Proportional set size of a process and its descendants of the same program, in MiB: the memory of the application
 * with shared pages counted once. Linux only.
 *
 * @param {number} rootPid
 * @param {string} executable
 */
export function memoryOf(rootPid, executable) {
  const pids = processesOf(rootPid, executable);
  const kilobytes = pids.reduce((sum, pid) => sum + proportionalSize(pid), 0);
  return { mib: kilobytes / 1024, processes: pids.length };
}

/**
 * The processes of an application and what each does, main first. Linux only.
 *
 * @param {number} rootPid
 * @param {string} executable
 */
export function rolesOf(rootPid, executable) {
  return processesOf(rootPid, executable).map((pid) => ({
    pid,
    role: roleOf(pid),
    mib: proportionalSize(pid) / 1024,
  }));
}

/** @param {number} pid */
function roleOf(pid) {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  const [, type = 'main'] = /--type=([\w-]+)/.exec(command) ?? [];
  const [, service = type] = /--utility-sub-type=(\w+)/.exec(command) ?? [];
  return service;
}

/**
 * Seconds of processor time of these processes since their start. Linux only, where a tick is 10 ms.
 *
 * @param {number} rootPid
 * @param {string} executable
 */
export function secondsOf(rootPid, executable) {
  return processesOf(rootPid, executable).reduce((sum, pid) => sum + ticksOf(pid) / 100, 0);
}

/**
 * Seconds of processor time of a process and of its child programs that have ended. Linux only.
 *
 * @param {number | 'self'} pid
 */
export function processorOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, userBelow = 0, systemBelow = 0] = fields.slice(11, 15).map(Number);
  return { own: (user + system) / 100, below: (userBelow + systemBelow) / 100 };
}

/**
 * Memory of a process that is in RAM, shared pages too, and its peak since `forgetPeak`, in MiB. Linux only.
 *
 * @param {number} pid
 */
export function residentOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mibOf = (/** @type {string} */ name) =>
    Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { mib: mibOf('VmRSS'), peakMib: mibOf('VmHWM') };
}

/** Resets the peak memory of a process to its present memory. @param {number} pid */
export function forgetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/**
 * Number of open TCP connections of a process. Linux only.
 *
 * @param {number} pid
 */
export function connectionsOf(pid) {
  const open = new Set(['tcp', 'tcp6'].flatMap((name) => establishedOf(`/proc/${pid}/net/${name}`)));
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((name) => {
    try {
      return open.has(readlinkSync(`${folder}/${name}`));
    } catch {
      return false;
    }
  }).length;
}

/** @param {string} table */
function establishedOf(table) {
  const rows = readFileSync(table, 'utf8').trim().split('\n').slice(1);
  const fields = rows.map((row) => row.trim().split(/\s+/));
  return fields.filter(([, , , state]) => state === '01').map((each) => `socket:[${each[9]}]`);
}

/** @param {number} rootPid @param {string} executable */
function processesOf(rootPid, executable) {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  return [...parents.keys()].filter(
    (pid) => descends(parents, pid, rootPid) && executableOf(pid) === executable,
  );
}

/** @param {number} pid */
function ticksOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

/**
 * @param {Map<number, number>} parents
 * @param {number} pid
 * @param {number} root
 */
function descends(parents, pid, root) {
  for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === root) return true;
  return false;
}

/** @param {number} pid */
function executableOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return '';
  }
}

/** @param {number} pid */
function proportionalSize(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
