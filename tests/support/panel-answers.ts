/** Response bodies as panels send them (PROTOCOL 2), for tests of the client. */

export function serverAttributes(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    server_owner: true,
    identifier: 'aaaaaaaa',
    internal_id: 7,
    uuid: 'aaaaaaaa-0000-4000-8000-000000000001',
    name: 'Survival',
    node: 'Berlin',
    is_node_under_maintenance: false,
    sftp_details: { ip: 'node.example.com', port: 2022 },
    description: 'A quiet world',
    limits: { memory: 2048, swap: 0, disk: 10_240, io: 500, cpu: 150, threads: null, oom_disabled: true },
    invocation: 'java -jar server.jar',
    docker_image: 'registry.example.com/java:21',
    egg_features: ['eula'],
    feature_limits: { databases: 1, allocations: 1, backups: 1 },
    status: null,
    is_suspended: false,
    is_installing: false,
    is_transferring: false,
    relationships: {
      allocations: {
        object: 'list',
        data: [
          allocation({ id: 1, port: 25566, is_default: false }),
          allocation({ id: 2, port: 25565, is_default: true, ip_alias: 'play.example.com' }),
        ],
      },
      variables: { object: 'null_resource', attributes: null },
    },
    ...fields,
  };
}

function allocation(fields: Record<string, unknown>): unknown {
  return {
    object: 'allocation',
    attributes: {
      id: 1,
      ip: '203.0.113.10',
      ip_alias: null,
      port: 25565,
      notes: null,
      is_default: true,
      ...fields,
    },
  };
}

export function serverItem(fields: Record<string, unknown> = {}, meta?: unknown): Record<string, unknown> {
  return { object: 'server', attributes: serverAttributes(fields), ...(meta === undefined ? {} : { meta }) };
}

export function page(data: unknown[], current = 1, total = 1): unknown {
  return {
    object: 'list',
    data,
    meta: {
      pagination: {
        total: data.length,
        count: data.length,
        per_page: 100,
        current_page: current,
        total_pages: total,
        links: {},
      },
    },
  };
}

export function errorBody(
  code: string,
  status: number,
  detail: string,
  meta?: Record<string, unknown>,
): unknown {
  return { errors: [{ code, status: String(status), detail, ...(meta === undefined ? {} : { meta }) }] };
}

export function variable(fields: Record<string, unknown> = {}): unknown {
  return {
    object: 'egg_variable',
    attributes: {
      name: 'Jar file',
      description: '',
      env_variable: 'SERVER_JARFILE',
      default_value: 'server.jar',
      server_value: null,
      is_editable: true,
      rules: 'required|string|max:20',
      ...fields,
    },
  };
}
