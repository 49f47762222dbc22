import { Secret, TOTP } from 'otpauth';
import { msOf } from '#domain/time/instant.ts';
import type { NewAuthenticator, PasskeyChallenge } from '#domain/wire/answers.ts';
import type { Answered, Browser } from './browser.ts';
import type { Passkey } from './passkey.ts';
import type { TestServer } from './server.ts';

export const STEP_MS = 30_000;

/** The code an authenticator app shows at a time. */
export const codeAt = (timestamp: number, { secret }: NewAuthenticator): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

/** The code an authenticator app shows now, or so many steps from now. */
export const codeOf = (server: TestServer, app: NewAuthenticator, steps = 0): string =>
  codeAt(msOf(server.now()) + steps * STEP_MS, app);

export async function newAuthenticator(browser: Browser): Promise<NewAuthenticator> {
  return (await browser.post('/api/session/factors/new-authenticator')).body as NewAuthenticator;
}

/** Confirms an authenticator app with its code of now. */
export function confirm(server: TestServer, browser: Browser, app: NewAuthenticator): Promise<Answered> {
  const code = codeOf(server, app);
  return browser.post('/api/session/factors/authenticator', { id: app.id, label: 'Phone', code });
}

export async function addPasskey(browser: Browser, passkey: Passkey): Promise<Answered> {
  const { options } = (await browser.post('/api/session/factors/passkey-challenge')).body as PasskeyChallenge;
  return browser.post('/api/session/factors/passkey', { label: 'Key', passkey: passkey.make(options) });
}

export async function signInWith(
  browser: Browser,
  passkey: Passkey,
  wrong: Parameters<Passkey['answer']>[1] = {}
): Promise<Answered> {
  const { options } = (await browser.post('/api/session/passkey-challenge')).body as PasskeyChallenge;
  return browser.post('/api/session/passkey', passkey.answer(options, wrong));
}
