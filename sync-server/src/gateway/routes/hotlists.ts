import { Readable } from 'node:stream';
import { mayMatchAgainst } from '#domain/policy/match-sources.ts';
import { checkOpenImportRequest, checkReleaseImportRequest } from '#domain/wire/requests.ts';
import type { House } from '../../house.ts';
import { refused, type Prepared, type Route } from '../door.ts';
import { withBody } from '../given-body.ts';
import { refusal } from '../sentences.ts';

/** A million rows have about 90 MB. */
const MAX_FILE_BYTES = 400 * 1024 * 1024;

/** Lists at headquarters (426.3.1(b)): what is imported is said first, the file is looked over, and only then released to the tablets. */
export function hotlistRoutes(route: Route, house: House): void {
  const { imports, given } = house;

  const withImport = (
    id: string | undefined,
    then: (id: string) => Prepared | Promise<Prepared>
  ): Promise<Prepared> | Prepared => (id === undefined || !imports.isOpen(id) ? refused(404, 'notFound') : then(id));

  route('POST /api/hotlists/imports', ({ asker: { person }, body }) => {
    const admission = mayMatchAgainst((body as { source?: unknown } | null)?.source);
    if (admission.kind === 'refused') return refused(400, admission.code);
    return withBody(checkOpenImportRequest, body, (request) => {
      if (person === undefined) return refused(401, 'signInFirst');
      // An own entry comes one by one, with its case and a second pair of eyes; never as a file.
      if (request.source.kind !== 'mnPlateFile') return refused(400, 'entryByApproval');
      if (request.asOf > given.now()) return refused(400, 'dateInFuture');
      return {
        kind: 'ready',
        act: { object: { type: 'hotlistSource', id: request.source.sourceId } },
        answer: async () => ({
          status: 201,
          body: { id: await imports.open({ ...request, isEntitled: person.agency.restrictedFiles === true }) }
        })
      };
    });
  });

  route(
    'PUT /api/hotlists/imports/:id/file',
    ({ params, body }) =>
      withImport(params['id'], (id) => {
        if (!(body instanceof Readable)) return refused(400, 'malformed');
        return {
          kind: 'ready',
          act: { object: { type: 'hotlistVersion', id } },
          answer: async () => {
            const read = await imports.read(id, body);
            if (read.kind === 'refused') return { status: 400, body: refusal(read.code) };
            return { body: read.report };
          }
        };
      }),
    { bodyLimit: MAX_FILE_BYTES }
  );

  route('POST /api/hotlists/imports/:id/release', ({ params, body }) =>
    withBody(checkReleaseImportRequest, body, ({ confirmsSwing }) =>
      withImport(params['id'], (id) => ({
        kind: 'ready',
        act: {
          object: { type: 'hotlistVersion', id },
          ...(confirmsSwing && { note: 'change of more than a fifth confirmed' })
        },
        answer: async () => {
          const released = await imports.release(id, confirmsSwing);
          if (released.kind === 'refused') return { status: 409, body: refusal(released.code) };
          await house.hotlists.dropReplaced(given.now());
          return { status: 201, body: released.version };
        }
      }))
    )
  );

  route('DELETE /api/hotlists/imports/:id', ({ params }) =>
    withImport(params['id'], (id) => ({
      kind: 'ready',
      act: { object: { type: 'hotlistVersion', id } },
      answer: async () => {
        await imports.discard(id);
        return { status: 204 };
      }
    }))
  );
}
