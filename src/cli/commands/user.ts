import { AGENCIES, type Agency } from '#lib/domain/account/account.ts';
import { LANGS, type Lang } from '#lib/i18n/lang.ts';
import { accountHats, accountList, type AccountLine } from '#lib/server/account/queries.ts';
import { createKey, createOfficial } from '#lib/server/account/official-commands.ts';
import { passwordIssue } from '#lib/domain/account/password.ts';
import { addressOf } from '#lib/server/notice/mail.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { CommandError, parseCommandLine, UsageError, type Command, type CommandIo } from '../command.ts';

const HELP = `
Usage: npm run cli -- user create --email ADDRESS --name NAME --agency mofa|motie|komir [--administrator]
                      [--lang ko|en] [--password-stdin]
       npm run cli -- user key --email ADDRESS --scope read [--for HAT] [--label TEXT]
       npm run cli -- user list [SEARCH] [--json]

create  makes an official, or gives an office to an existing account. Prints the address at which the password is
        set (valid for 7 days, once), which is mailed as well.
  --administrator    may invite and remove officials
  --lang             language of the mails (ko by default)
  --password-stdin   reads the password from standard input instead
key     makes a key for the read interface and prints it, once; only its hash is kept.
  --for              as whom it reads: an organisation's id or "office"; needed when the person has several
  --label            what it is for
list    shows accounts; SEARCH is part of a name or mail address.

Exit codes: 0 done, 1 failed, 2 wrong arguments.`;

const OPTIONS = {
  email: { type: 'string' },
  name: { type: 'string' },
  agency: { type: 'string' },
  administrator: { type: 'boolean' },
  lang: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  scope: { type: 'string' },
  for: { type: 'string' },
  label: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseCommandLine<typeof OPTIONS>>['values'];

export const command: Command = {
  name: 'user',
  summary: 'makes officials and keys, lists accounts',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseCommandLine(args, OPTIONS, [1, 2]);
    const [verb = '', search] = positionals;
    if (search !== undefined && verb !== 'list') throw new UsageError(`Unexpected argument: ${search}`);
    if (verb === 'create') return create(values, io);
    if (verb === 'key') return key(values, io);
    if (verb === 'list') return list(search ?? null, values.json === true, io);
    throw new UsageError(`user ${verb}: there is create, key and list.`);
  },
};

async function contextOf(io: CommandIo) {
  return systemContext((await io.connection()).db, 'cli user', io.now);
}

function needed(values: Values, option: 'email' | 'name' | 'agency' | 'scope'): string {
  const value = values[option]?.normalize('NFC').trim() ?? '';
  if (value === '') throw new UsageError(`--${option} is needed.`);
  return value;
}

function emailOf(values: Values): string {
  const email = needed(values, 'email').toLowerCase();
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
    throw new UsageError(`--email: ${email} is no mail address.`);
  return email;
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new UsageError(`--${option}: ${value} is not allowed. Allowed: ${allowed.join(', ')}`);
  return found;
}

async function create(values: Values, io: CommandIo): Promise<number> {
  const email = emailOf(values);
  const name = needed(values, 'name');
  const agency: Agency = oneOf('agency', needed(values, 'agency'), AGENCIES);
  const lang: Lang = oneOf('lang', values.lang ?? 'ko', LANGS);
  const password = values['password-stdin'] ? await passwordFromInput(email, name) : null;
  const administrator = values.administrator === true;
  const outcome = await createOfficial(await contextOf(io), {
    email,
    name,
    agency,
    administrator,
    password,
    lang,
  });
  if (!outcome.ok) {
    throw new CommandError(
      outcome.code === 'has-account'
        ? `${email} has an account already. Leave out --password-stdin to give it the office.`
        : `Refused: ${outcome.code}`,
    );
  }
  const { isNew, resetToken } = outcome.value;
  const role = administrator ? 'administrator' : 'official';
  io.err(
    isNew ? `Made ${role} ${email}.` : `${email} had an account; it is now ${role}. Its password stays.`,
  );
  if (resetToken !== null) io.out(addressOf(lang, `/reset/${resetToken}`));
  return 0;
}

async function passwordFromInput(email: string, name: string): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  const password = text.replace(/\r?\n$/, '');
  const issue = passwordIssue(password, { email, name });
  if (issue) throw new UsageError(`The password is refused: ${issue}.`);
  return password;
}

async function key(values: Values, io: CommandIo): Promise<number> {
  const email = emailOf(values);
  oneOf('scope', needed(values, 'scope'), ['read']);
  const ctx = await contextOf(io);
  const account = await accountHats(ctx, email);
  if (account === null) throw new CommandError(`There is no account of ${email}.`);
  const acting = values.for ?? (account.keys.length === 1 ? (account.keys[0] ?? null) : null);
  if (acting === null && account.keys.length > 1) {
    throw new UsageError(
      `${email} may act in several ways; add --for with one of: ${account.keys.join(', ')}`,
    );
  }
  if (acting !== null && !account.keys.includes(acting)) {
    throw new UsageError(`--for: ${email} may act as: ${account.keys.join(', ') || 'nobody'}`);
  }
  const outcome = await createKey(ctx, { email, acting, label: values.label ?? '' });
  if (!outcome.ok) throw new CommandError(`Refused: ${outcome.code}`);
  io.out(outcome.value.key);
  io.err('Keep it now: it is not shown again.');
  return 0;
}

async function list(search: string | null, json: boolean, io: CommandIo): Promise<number> {
  const accounts = await accountList(await contextOf(io), search);
  for (const account of accounts) io.out(json ? JSON.stringify(account) : lineOf(account));
  io.err(`${accounts.length} account(s)`);
  return 0;
}

function lineOf(account: AccountLine): string {
  const office = account.agency
    ? [`${account.administrator ? 'administrator' : 'official'} of ${account.agency}`]
    : [];
  const members = account.organisations.map(({ name, role, standing }) => `${role} of ${name} (${standing})`);
  const state = account.verified ? [] : ['mail not confirmed'];
  return [account.email, account.name, ...state, ...office, ...members].join('\t');
}
