import type { Egg, EggVariable, WorldSeed } from './world.js';

/** The demo for a Pelican panel, with the data that only Pelican has (PROTOCOL 8). */
export function asPelican(seed: WorldSeed): WorldSeed {
  for (const node of seed.nodes) node.sftpAlias = node.id === 1 ? 'files.harbor.example.com' : null;
  for (const egg of seed.eggs) for (const variable of egg.variables) variable.rules = listOf(variable.rules);
  for (const server of seed.servers) {
    if (server.name === 'Event Arena') Object.assign(server, { allocations: [], primaryAllocationId: 0 });
    if (server.name === 'Staff Room') server.limits.io = 0;
  }
  const paper = seed.eggs.find((egg) => egg.name === 'Paper');
  if (paper) refine(paper);
  return seed;
}

/**
 * Adds a pattern with pipes, which only a list of rules can hold, and an order that differs from the order of creation.
 */
function refine(paper: Egg): void {
  const order = ['SERVER_JARFILE', 'MINECRAFT_VERSION', 'BUILD_NUMBER'];
  for (const variable of paper.variables) {
    const place = order.indexOf(variable.env);
    if (place >= 0) variable.order = place + 1;
  }
  paper.variables.push({
    name: 'Chat format',
    description: 'How chat is shown: plain, coloured or framed.',
    env: 'CHAT_FORMAT',
    defaultValue: 'plain',
    rules: ['required', 'string', 'regex:/^(plain|coloured|framed)$/'],
    viewable: true,
    editable: true,
    order: 4,
  });
}

function listOf(rules: EggVariable['rules']): string[] {
  return typeof rules === 'string' ? rules.split('|') : rules;
}
