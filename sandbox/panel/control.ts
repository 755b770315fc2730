import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { applyOrder } from './apply-order.js';
import { order } from './orders.js';
import { UnknownTarget } from './targets.js';
import type { WorldChanges } from './world-changes.js';

/**
 * Route that lets tests on this computer change the world.
 * `POST /sandbox/control` with an order of `orders.ts` as JSON answers 200 and `{ok: true, result}`, or 400 with a
 * sentence. Web pages are kept out: browsers ask before sending this content type, and requests with an `Origin` are
 * refused.
 */
export function addControl(app: FastifyInstance, changes: WorldChanges): void {
  app.post('/sandbox/control', async (request, reply) => {
    const type = request.headers['content-type'] ?? '';
    if (request.headers.origin !== undefined || !/^application\/json\b/.test(type)) {
      return reply.code(403).send({ ok: false, error: 'Only JSON, and not from a page.' });
    }
    const parsed = order.safeParse(parseJson(request.body));
    if (!parsed.success) return reply.code(400).send({ ok: false, error: z.prettifyError(parsed.error) });
    try {
      return await reply.send({ ok: true, result: (await applyOrder(changes, parsed.data)) ?? null });
    } catch (error) {
      if (!(error instanceof UnknownTarget)) throw error;
      return reply.code(400).send({ ok: false, error: error.message });
    }
  });
}

function parseJson(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString()) : null;
  } catch {
    return null;
  }
}
