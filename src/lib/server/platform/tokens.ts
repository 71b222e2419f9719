import { createHash, randomBytes } from 'node:crypto';

/** A secret for a link, a key or a browser: 256 bits, safe in addresses. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of a token, 64 hexadecimal digits: what tables hold. Tokens are random, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
