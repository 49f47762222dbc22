import { createHash } from 'node:crypto';
import type { DesignDocument } from '#server/store/store.ts';

/** A small design document that shows each thing an engine must do. */
export function someDesign(given: Partial<DesignDocument> = {}): DesignDocument {
  const content: Omit<DesignDocument, '_id'> = {
    language: 'javascript',
    validate_doc_update: `function (after, before, person) {
      if (after.bad) throw({ forbidden: 'bad: The document says that it is bad.' });
      if (after.broken) undefined.field;
      if (after.fixed && before && before.fixed !== after.fixed) throw({ forbidden: 'fixed: It may not change.' });
      if (after.only && person.roles.indexOf(after.only) < 0) throw({ forbidden: 'wrongRole: Not in this role.' });
    }`,
    updates: {
      stamp: `function (before, request) {
        var said = JSON.parse(request.body);
        if (said.nothing) return [null, 'nothing to do'];
        if (said.fail) undefined.field;
        return [{ _id: said.id, by: request.userCtx.name, roles: request.userCtx.roles, bad: said.bad, was: before ? before.n : null,
          _rev: before ? before._rev : undefined }, 'stamped ' + said.id];
      }`
    },
    views: {
      by_key: {
        map: `function (doc) { if (doc.key !== undefined) emit(doc.key, doc.n); if (doc.crash) undefined.field; }`,
        reduce: '_sum'
      },
      twice: {
        map: `function (doc) { if (doc.key !== undefined) { emit([doc.key, 2], null); emit([doc.key, 1], null); } }`,
        reduce: '_count'
      }
    },
    ...given
  };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { _id: `_design/some.${hash}`, ...content };
}
