import type { Written } from '#designs/shared/written.ts';
import type { Writer } from '#designs/shared/written.ts';

interface Request {
  readonly body: string;
  readonly userCtx: Writer;
}

/**
 * Writes one audit entry and answers it as it stands, so that the gateway can hash it into the tree. Who, in which roles, and when are stamped here from the engine's own knowledge of the writer and its clock:
 * whatever the caller says about them is overwritten (426.5(a): by name, date and time).
 */
export default function record(_before: Written | null, request: Request): [Written, string] {
  const entry = JSON.parse(request.body) as Record<string, unknown>;
  entry['kind'] = 'audit';
  entry['schema'] = 1;
  entry['at'] = new Date(Date.now()).toISOString();
  entry['actor'] = { id: request.userCtx.name, roles: request.userCtx.roles };
  return [entry as unknown as Written, JSON.stringify(entry)];
}
