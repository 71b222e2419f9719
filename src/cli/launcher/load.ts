import type { CommandIo } from '../command.ts';
import { command as seed } from '../commands/seed.ts';
import { LaunchError } from './launch-error.ts';
import type { Connection } from '#lib/server/platform/db.ts';

/** What a database is filled with at the first start. */
export type LoadName = 'reference' | 'demo';

/**
 * Fills the database as `seed reference` and `seed demo` do: what is there already is left as it is, and a
 * start that was killed in the middle is simply done again. Answers the command's closing words.
 */
export async function load(name: LoadName, connection: Connection, io: CommandIo): Promise<string> {
  const said: string[] = [];
  const code = await seed.run([name], {
    ...io,
    out: (text) => void said.push(text),
    connection: () => Promise.resolve(connection),
  });
  if (code !== 0) throw new LaunchError(`Loading the ${name} data ended with code ${code}.`);
  return (said.at(-1) ?? 'done').replace(/^\w+: /, '');
}
