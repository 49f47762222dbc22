import { nameOfDesign } from '../design-name.ts';
import type { DesignDocument } from '../store.ts';
import type { Sqlite } from './sqlite.ts';

export interface PublishedView {
  readonly number: number;
  readonly design: string;
  readonly name: string;
  readonly map: string;
  readonly reduce: '_count' | '_sum' | undefined;
}

/** What is published in one database. */
export interface PublishedDesigns {
  readonly documents: readonly DesignDocument[];
  readonly validators: readonly string[];
  readonly views: readonly PublishedView[];
}

export function readDesigns(db: Sqlite): PublishedDesigns {
  const documents = db
    .all<[string]>('SELECT body FROM designs ORDER BY name')
    .map(([body]) => JSON.parse(body) as DesignDocument);
  const views = db
    .all<[number, string, string]>('SELECT number, design, name FROM views')
    .flatMap(([number, design, name]) => {
      const view = documents.find((d) => nameOfDesign(d) === design)?.views?.[name];
      return view === undefined ? [] : [{ number, design, name, map: view.map, reduce: view.reduce }];
    });
  const validators = documents.flatMap((d) => (d.validate_doc_update === undefined ? [] : [d.validate_doc_update]));
  return { documents, validators, views };
}
