import { readFile, writeFile } from 'node:fs/promises';
import { parseCommandLine, type Command } from '../command.ts';
import { formatsDocument } from '../docs/formats.ts';

const HELP = `
Usage: npm run cli -- docs [--check]

Writes docs/formats.md from the schemas that check files and requests.

  --check   writes nothing; exit code 1 when the file is not what the schemas say
`;

const PATH = 'docs/formats.md';

export const command: Command = {
  name: 'docs',
  summary: 'Writes the documents that are made from schemas',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, { check: { type: 'boolean', default: false } });
    const wanted = formatsDocument();
    const present = await readFile(PATH, 'utf8').catch(() => '');
    if (present === wanted) {
      io.out(`${PATH} is up to date`);
      return 0;
    }
    if (values.check) {
      io.err(`${PATH} differs from the schemas: run npm run cli -- docs`);
      return 1;
    }
    await writeFile(PATH, wanted);
    io.out(`${PATH} written`);
    return 0;
  },
};
