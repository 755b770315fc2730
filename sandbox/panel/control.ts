import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { UnknownTarget, type WorldChanges } from './world-changes.js';

const server = z.string();
const status = z.enum(['installing', 'install_failed', 'reinstall_failed', 'suspended', 'restoring_backup']);

/** Every change that `POST /sandbox/control` takes, by its word `do`. */
const change = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('suspend'), server }),
  z.strictObject({ do: z.literal('unsuspend'), server }),
  z.strictObject({ do: z.literal('status'), server, status: status.nullable() }),
  z.strictObject({ do: z.literal('transferring'), server, on: z.boolean() }),
  z.strictObject({ do: z.literal('install'), server }),
  z.strictObject({
    do: z.literal('permissions'),
    server,
    user: z.string(),
    permissions: z.array(z.string()).nullable(),
  }),
  z.strictObject({ do: z.literal('node-down'), node: z.string() }),
  z.strictObject({ do: z.literal('node-up'), node: z.string() }),
  z.strictObject({ do: z.literal('node-maintenance'), node: z.string(), on: z.boolean() }),
  z.strictObject({
    do: z.literal('panel'),
    maintenance: z
      .strictObject({ retryAfter: z.number().optional(), refresh: z.number().optional() })
      .nullable()
      .optional(),
    twoFactorRequired: z.boolean().optional(),
    databaseDown: z.boolean().optional(),
    cacheDown: z.boolean().optional(),
    debug: z.boolean().optional(),
    silent: z.boolean().optional(),
  }),
  z.strictObject({
    do: z.literal('fault'),
    server,
    fault: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('refuse'),
          status: z.int().min(100).max(599),
          message: z.string(),
          fromProxy: z.boolean().optional(),
        }),
        z.strictObject({ kind: z.literal('hang') }),
        z.strictObject({ kind: z.literal('reset') }),
        z.strictObject({ kind: z.literal('garbage') }),
      ])
      .nullable(),
  }),
  z.strictObject({ do: z.literal('revoke-keys'), user: z.string() }),
  z.strictObject({ do: z.literal('add-key'), user: z.string() }),
  z.strictObject({ do: z.literal('look'), server }),
]);

/** A change as it travels. */
export type Change = z.infer<typeof change>;

/**
 * Lets another process on this computer change the world, for tests: `POST /sandbox/control` with a `Change` as JSON
 * answers 200 and `{ok: true, result}`, else 400 with a sentence. Pages in a browser are kept out: they cannot
 * send this content type without asking first, and their `Origin` is refused.
 */
export function addControl(app: FastifyInstance, changes: WorldChanges): void {
  app.post('/sandbox/control', async (request, reply) => {
    const type = request.headers['content-type'] ?? '';
    if (request.headers.origin !== undefined || !/^application\/json\b/.test(type)) {
      return reply.code(403).send({ ok: false, error: 'Only JSON, and not from a page.' });
    }
    const parsed = change.safeParse(parseJson(request.body));
    if (!parsed.success) return reply.code(400).send({ ok: false, error: z.prettifyError(parsed.error) });
    try {
      return await reply.send({ ok: true, result: (await apply(changes, parsed.data)) ?? null });
    } catch (error) {
      if (!(error instanceof UnknownTarget)) throw error;
      return reply.code(400).send({ ok: false, error: error.message });
    }
  });
}

async function apply(changes: WorldChanges, wanted: Change): Promise<unknown> {
  switch (wanted.do) {
    case 'suspend':
      return changes.suspend(wanted.server);
    case 'unsuspend':
      return changes.unsuspend(wanted.server);
    case 'status':
      return changes.setStatus(wanted.server, wanted.status);
    case 'transferring':
      return changes.setTransferring(wanted.server, wanted.on);
    case 'install':
      return changes.install(wanted.server);
    case 'permissions':
      return changes.setPermissions(wanted.server, wanted.user, wanted.permissions);
    case 'node-down':
      return changes.takeNodeDown(wanted.node);
    case 'node-up':
      return changes.bringNodeUp(wanted.node);
    case 'node-maintenance':
      return changes.setNodeMaintenance(wanted.node, wanted.on);
    case 'panel': {
      const known = Object.entries(wanted).filter(([name, value]) => name !== 'do' && value !== undefined);
      return changes.setPanelState(Object.fromEntries(known));
    }
    case 'fault':
      return changes.setFault(wanted.server, wanted.fault);
    case 'revoke-keys':
      return changes.revokeKeys(wanted.user);
    case 'add-key':
      return changes.addKey(wanted.user);
    case 'look': {
      const { uuid, name, status: own, values, image } = changes.server(wanted.server);
      return { uuid, name, status: own, state: changes.state(wanted.server), values, image };
    }
  }
}

function parseJson(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : null;
  } catch {
    return null;
  }
}
