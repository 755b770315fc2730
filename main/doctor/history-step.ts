import { duration } from '../../bridge/text/duration.js';
import { sentence } from '../../messages/messages.js';
import type { DoctorPorts } from './ports.js';
import { newFault, newFinding, newStep, type DoctorStep } from './step.js';

const mebibyte = 1024 ** 2;

export function historyStep({ history, clock }: DoctorPorts): DoctorStep {
  return newStep('history', 15_000, async () => {
    const { isOpen, canWrite, bytes, writtenAt } = await history.check();
    const ageMs = writtenAt === null ? null : Math.max(0, clock.wall() - writtenAt);
    const mebibytes = Math.max(1, Math.ceil((bytes ?? 0) / mebibyte));
    const facts = {
      open: isOpen,
      writable: canWrite,
      kib: bytes === null ? null : bytes / 1024,
      'written-s-ago': ageMs === null ? null : ageMs / 1000,
    };
    if (!canWrite) return newFault('bad', sentence('diagnostics.history-unwritten'), facts);
    const detail =
      ageMs === null
        ? sentence('diagnostics.history-empty', { size: mebibytes })
        : sentence('diagnostics.history-written', { size: mebibytes, time: duration(ageMs) });
    return newFinding('good', detail, facts);
  });
}
