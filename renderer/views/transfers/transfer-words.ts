import { oneLine } from '../../../bridge/console/plain-line.js';
import { folderOf } from '../../../bridge/files/file-paths.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import { duration } from '../../../bridge/text/duration.js';
import { activeWords, transferSummary } from '../../../bridge/transfers/transfer-summary.js';
import { say, spoken } from '../../../messages/messages.js';
import { byteRate, bytes, until } from '../../ui/text/format.js';

/** State of a transfer, as parts of one line. `now` is monotonic. */
export function transferWords(transfer: Transfer, now: number): string[] {
  const { state, problem, size, retryAt, hasChanged, leftOut = 0, direction, doing } = transfer;
  switch (state) {
    case 'running':
      return doing === null
        ? [amount(transfer), ...pace(transfer), ...way(transfer)]
        : [say(`transfers.is-${doing}`)];
    case 'paused':
      return [say('transfers.is-paused'), amount(transfer), ...way(transfer)];
    case 'waiting':
      return [say('transfers.is-waiting')];
    case 'resting': {
      const why = problem === null ? [] : [spoken(problem.message)];
      if (retryAt === null) return [...why, say('transfers.is-waiting')];
      const next =
        retryAt <= now ? say('transfers.next-now') : say('transfers.next-in', { time: until(retryAt, now) });
      return [...why, next];
    }
    case 'failed':
      return [
        ...(problem === null ? [] : [`${spoken(problem.message)} ${spoken(problem.next)}`]),
        ...leftThere(transfer),
      ];
    case 'done':
      return [
        say(direction === 'up' ? 'transfers.is-sent' : 'transfers.is-done'),
        ...(size === null ? [] : [bytes(size)]),
        ...(hasChanged === true ? [say('transfers.has-changed')] : []),
        ...(leftOut > 0 ? [say('transfers.left-out', { count: leftOut })] : []),
        ...leftThere(transfer),
        ...way(transfer),
      ];
  }
}

/** The archive of a folder that may still lie on the server. */
function leftThere({ source, mayHaveLeft }: Transfer): string[] {
  if (mayHaveLeft !== true || source.kind !== 'folder') return [];
  return [say('transfers.may-have-left', { folder: oneLine(folderOf(source.path), 80) })];
}

/** How the file goes, if that is not the usual way. */
function way({ by }: Transfer): string[] {
  return by === 'sftp' ? [say('sftp-setup.by')] : [];
}

function amount({ bytes: got, size }: Transfer): string {
  return size === null ? bytes(got) : say('transfers.got', { got: bytes(got), size: bytes(size) });
}

function pace({ rate, msLeft }: Transfer): string[] {
  if (rate === null) return [];
  const left = msLeft === null ? [] : [say('transfers.left', { time: duration(Math.max(1000, msLeft)) })];
  return [byteRate(rate), ...left];
}

/** All transfers in a few words, the most important first: `Downloading 2 files`, `1 transfer failed`. */
export function summaryWords(transfers: readonly Transfer[]): string[] {
  const summary = transferSummary(transfers);
  const { paused, failed } = summary;
  const done = (direction: Transfer['direction']): number =>
    transfers.filter((one) => one.state === 'done' && one.direction === direction).length;
  return [
    ...activeWords(summary),
    ...(failed > 0 ? [say('transfers.failed-count', { count: failed })] : []),
    ...(paused > 0 ? [say('transfers.paused-count', { count: paused })] : []),
    ...(done('down') > 0 ? [say('transfers.done-count', { count: done('down') })] : []),
    ...(done('up') > 0 ? [say('transfers.sent-count', { count: done('up') })] : []),
  ];
}
