/** A security key in software, as Chromium's own tools make it: it has a PIN that is always right and a secret of its own (PRF). */
import type { CDPSession, Page } from '@playwright/test';

export class VirtualAuthenticator {
  #id = '';

  private constructor(private readonly session: CDPSession) {}

  static async at(page: Page): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    const made = new VirtualAuthenticator(session);
    await made.#add();
    return made;
  }

  /** The key is wiped: its passkeys are gone. */
  async wipe(): Promise<void> {
    await this.session.send('WebAuthn.clearCredentials', { authenticatorId: this.#id });
  }

  async #add(): Promise<void> {
    const { authenticatorId } = await this.session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true
      }
    });
    this.#id = authenticatorId;
  }
}
