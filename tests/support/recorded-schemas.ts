/** Parts of the recorded answers from which the sandbox's world is rebuilt. */
import * as z from 'zod';

export const variable = z.object({
  attributes: z.object({
    name: z.string(),
    description: z.string(),
    env_variable: z.string(),
    default_value: z.string(),
    server_value: z.string().nullable(),
    is_editable: z.boolean(),
    rules: z.string(),
  }),
});

export const serverItem = z.object({
  object: z.literal('server'),
  attributes: z.object({
    identifier: z.string(),
    internal_id: z.number(),
    uuid: z.string(),
    name: z.string(),
    description: z.string(),
    node: z.string(),
    sftp_details: z.object({ alias: z.string().nullish() }),
    limits: z.object({
      memory: z.number(),
      swap: z.number(),
      disk: z.number(),
      io: z.number(),
      cpu: z.number(),
      threads: z.string().nullable(),
      oom_disabled: z.boolean(),
    }),
    invocation: z.string(),
    docker_image: z.string(),
    egg_features: z.array(z.string()).nullable(),
    feature_limits: z.object({
      databases: z.number().nullable(),
      allocations: z.number().nullable(),
      backups: z.number(),
    }),
    status: z
      .enum(['installing', 'install_failed', 'reinstall_failed', 'suspended', 'restoring_backup'])
      .nullable(),
    is_transferring: z.boolean(),
    relationships: z.object({
      allocations: z.object({
        data: z.array(
          z.object({
            attributes: z.object({
              id: z.number(),
              ip: z.string(),
              ip_alias: z.string().nullable(),
              port: z.number(),
              notes: z.string().nullable(),
              is_default: z.boolean(),
            }),
          }),
        ),
      }),
      // A null resource where the key may not see the variables.
      variables: z.object({ data: z.array(variable).default([]) }),
    }),
  }),
});

export const eggOf = z.object({
  attributes: z.object({
    identifier: z.string(),
    relationships: z.object({
      egg: z.object({ attributes: z.object({ uuid: z.string(), name: z.string() }) }),
    }),
  }),
});

export const rightsOf = z.object({
  attributes: z.object({ identifier: z.string() }),
  meta: z.object({ is_server_owner: z.boolean(), user_permissions: z.array(z.string()) }),
});

export const startup = z.object({
  data: z.array(variable),
  meta: z.object({
    raw_startup_command: z.string(),
    docker_images: z.record(z.string(), z.string()),
  }),
});

export const usage = z.object({
  attributes: z.object({
    current_state: z.enum(['offline', 'starting', 'running', 'stopping']),
    resources: z.object({
      memory_bytes: z.number(),
      cpu_absolute: z.number(),
      disk_bytes: z.number(),
      network_rx_bytes: z.number(),
      network_tx_bytes: z.number(),
      uptime: z.number(),
    }),
  }),
});

export const account = z.object({
  attributes: z.object({
    username: z.string(),
    email: z.string(),
    // Absent with Pelican.
    first_name: z.string().optional(),
    last_name: z.string().optional(),
  }),
});
