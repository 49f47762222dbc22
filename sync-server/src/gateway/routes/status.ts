import type { ServerStatus } from '#domain/wire/answers.ts';
import type { House } from '../../house.ts';
import type { Route } from '../door.ts';

/** What a page must know before anybody has signed in; nothing of the agency but its name. */
export function statusRoute(route: Route, { register, given, demo, version }: House): void {
  route('GET /api/status', () => ({
    kind: 'ready',
    act: null,
    answer: () => {
      const agency = register.agency();
      const body: ServerStatus = {
        setUp: agency !== undefined,
        agencyName: agency?.name ?? null,
        demo,
        serverTime: given.now(),
        version
      };
      return { body };
    }
  }));
}
