/** Methods of the panel client for recorded requests about allocations, databases, people and schedules. */
import * as z from 'zod';
import type { Ask, Exchange } from './asked-client.js';

const partsSchema = z.looseObject({
  notes: z.string().nullish().catch('x'),
  database: z.string().catch('x'),
  remote: z.string().catch('%'),
  email: z.string().catch('x'),
  permissions: z.array(z.string()).catch([]),
  name: z.string().catch('x'),
  is_active: z.coerce.boolean().catch(false),
  only_when_online: z.coerce.boolean().catch(false),
  minute: z.string().catch('*'),
  hour: z.string().catch('*'),
  day_of_month: z.string().catch('*'),
  month: z.string().catch('*'),
  day_of_week: z.string().catch('*'),
  action: z.string().catch('command'),
  payload: z.string().catch(''),
  time_offset: z.coerce.number().catch(0),
  continue_on_failure: z.coerce.boolean().catch(false),
});
type Input = z.infer<typeof partsSchema>;

/** `rest` = path below the server, without a query; null = Perch has no such method. */
export function methodOfPart(
  server: string,
  rest: string,
  { method, path, body }: Exchange['request'],
): Ask | null {
  const input = partsSchema.safeParse(body).data ?? partsSchema.parse({});
  const [, part = '', ...below] = rest.replace(/^\/network/, '').split('/');
  const [id = '', act = '', task = ''] = below;
  const shape = [method, ...below.map((word) => (/^[a-z-]+$/.test(word) && word !== id ? word : '*'))].join(
    ' ',
  );
  switch (part) {
    case 'allocations':
      return methodOfAllocations(server, shape, Number(id), input);
    case 'databases':
      return methodOfDatabases(server, shape, id, input, path.includes('include=password'));
    case 'users':
      return methodOfPeople(server, shape, id, input);
    case 'schedules':
      return methodOfSchedules(
        server,
        shape,
        { schedule: Number(id), task: Number(act === 'tasks' ? task : 0) },
        input,
      );
    default:
      return null;
  }
}

function methodOfAllocations(server: string, shape: string, id: number, { notes }: Input): Ask | null {
  switch (shape) {
    case 'GET':
      return (client) => client.allocations(server);
    case 'POST':
      return (client) => client.addAllocation(server);
    case 'POST *':
      return (client) => client.noteAllocation(server, id, notes ?? '');
    case 'POST * primary':
      return (client) => client.makeDefaultAllocation(server, id);
    case 'DELETE *':
      return (client) => client.removeAllocation(server, id);
    default:
      return null;
  }
}

function methodOfDatabases(
  server: string,
  shape: string,
  id: string,
  { database, remote }: Input,
  withPassword: boolean,
): Ask | null {
  switch (shape) {
    case 'GET':
      return withPassword
        ? (client) => client.databasePassword(server, 'x')
        : (client) => client.databases(server);
    case 'POST':
      return (client) => client.createDatabase(server, { name: database, from: remote });
    case 'POST * rotate-password':
      return (client) => client.rotateDatabase(server, id);
    case 'DELETE *':
      return (client) => client.deleteDatabase(server, id);
    default:
      return null;
  }
}

function methodOfPeople(
  server: string,
  shape: string,
  id: string,
  { email, permissions }: Input,
): Ask | null {
  switch (shape) {
    case 'GET':
      return (client) => client.people(server);
    case 'GET *':
      return (client) => client.person(server, id);
    case 'POST':
      return (client) => client.addPerson(server, { email, permissions });
    case 'POST *':
      return (client) => client.changePerson(server, id, permissions);
    case 'DELETE *':
      return (client) => client.removePerson(server, id);
    default:
      return null;
  }
}

function methodOfSchedules(
  server: string,
  shape: string,
  { schedule, task }: { schedule: number; task: number },
  input: Input,
): Ask | null {
  const fields = {
    name: input.name,
    isActive: input.is_active,
    onlyWhenOnline: input.only_when_online,
    cron: {
      minute: input.minute,
      hour: input.hour,
      dayOfMonth: input.day_of_month,
      month: input.month,
      dayOfWeek: input.day_of_week,
    },
  };
  const taskFields = {
    action: input.action,
    payload: input.payload,
    offsetSeconds: input.time_offset,
    continuesAfterFailure: input.continue_on_failure,
  };
  switch (shape) {
    case 'GET':
      return (client) => client.schedules(server);
    case 'GET *':
      return (client) => client.schedule(server, schedule);
    case 'POST':
      return (client) => client.createSchedule(server, fields);
    case 'POST *':
      return (client) => client.changeSchedule(server, schedule, fields);
    case 'POST * execute':
      return (client) => client.runSchedule(server, schedule);
    case 'DELETE *':
      return (client) => client.deleteSchedule(server, schedule);
    case 'POST * tasks':
      return (client) => client.addTask(server, schedule, taskFields);
    case 'POST * tasks *':
      return (client) => client.changeTask(server, { schedule, task }, taskFields);
    case 'DELETE * tasks *':
      return (client) => client.deleteTask(server, { schedule, task });
    default:
      return null;
  }
}
