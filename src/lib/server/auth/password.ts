import { hash, verify } from '@node-rs/argon2';

/** Argon2id (the library's default kind) with OWASP's parameters: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** NFKC, so that a password typed on another keyboard or system is the same password. */
const normalised = (password: string) => password.normalize('NFKC');

export async function hashPassword(password: string): Promise<string> {
  return hash(normalised(password), PARAMETERS);
}

let dummy: Promise<string> | undefined;

/**
 * Is this the password? With `null` (no such account) the work is done all the same, so that the time of the
 * answer does not tell whether the account exists.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword('no account has this password');
  const matches = await verify(stored ?? (await dummy), normalised(password));
  return stored !== null && matches;
}
