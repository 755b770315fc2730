import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BadWire } from './disturbances.js';

/** Half of an answer. */
const halfAnAnswer =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4096\r\n\r\n{"object":';

/** Applies a network fault to one request; `lost` = the panel can't answer any more. */
export async function spoilWire(
  { how, delayMs = 0, carriedOut = false }: BadWire,
  spoilt: { request: FastifyRequest; reply: FastifyReply; carryOut: () => Promise<unknown> },
): Promise<'answer' | 'lost'> {
  const { request, reply, carryOut } = spoilt;
  if (delayMs > 0) await pause(delayMs);
  if (how === 'delay') return 'answer';
  reply.hijack();
  // A refused request gets no answer either.
  if (carriedOut) await carryOut().catch(() => undefined);
  const { socket } = request.raw;
  if (how === 'reset') socket.resetAndDestroy();
  if (how === 'truncate') socket.end(halfAnAnswer);
  return 'lost';
}
