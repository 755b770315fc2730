import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Proportional set size of a process and of those below it that run the same program, in MiB: what the application
 * costs the machine, shared pages counted once. Linux only.
 *
 * @param {number} rootPid
 * @param {string} executable
 */
export function memoryOf(rootPid, executable) {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  let kilobytes = 0;
  let count = 0;
  for (const pid of parents.keys()) {
    if (!descends(parents, pid, rootPid) || executableOf(pid) !== executable) continue;
    kilobytes += proportionalSize(pid);
    count += 1;
  }
  return { mib: kilobytes / 1024, processes: count };
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
