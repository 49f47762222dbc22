// PouchDB with the three parts we use. The adapter is `idb`: `indexeddb` has open data-loss issues (apache/pouchdb 8599, 9018).
// JavaScript beside its types, because the published types pull the DOM library into worker code.
import core from 'pouchdb-core';
import http from 'pouchdb-adapter-http';
import idb from 'pouchdb-adapter-idb';
import replication from 'pouchdb-replication';

export default core.plugin(idb).plugin(http).plugin(replication);
